import { createHash } from 'node:crypto'

// A hundred thousand tasks and half a million comments, and the one statement by which a database finds among them.

/** How many words there are. The common ones are few: one thing in three has the commonest, a handful the rarest. */
export const WORDS = 20_000

/** The same word as `spelt` in the database. */
export const word = (n: number): string => {
  const hash = createHash('md5').update(String(n)).digest('hex').slice(0, 8)
  return `x${hash.replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? digit)}`
}

/**
 * Written past the triggers, set by set, as they would have written it. Three tasks in five are joint, the others each
 * a party's own. The index is taken away meanwhile and made again as it was.
 */
export const PLANT = `
  alter table task disable trigger user;
  alter table comment disable trigger user;
  create temporary table definition as select pg_get_indexdef('search_entry_words'::regclass) as made;
  drop index search_entry_words;

  create function spelt(n int) returns text language sql immutable as $$
    select 'x' || translate(left(md5(n::text), 8), '0123456789', 'ghijklmnop')
  $$;
  create function planted(seed bigint, many int) returns text language sql immutable as $$
    select string_agg(spelt(floor(power(abs(hashint8(seed * 31 + n) % 100000) / 100000.0::float8, 3) * ${WORDS})::int), ' ')
    from generate_series(1, many) as n
  $$;
  create temporary table seat as
    select row_number() over (order by task.party_id) - 1 as place, count(*) over () as places, task.party_id, min(task.created_by_id::text)::uuid as member_id
    from task group by task.party_id;

  insert into task (id, collaboration_id, party_id, created_by_id, audience, readers, title, description, position, created_at, updated_at)
    select md5('task ' || n)::uuid, joint.collaboration_id, seat.party_id, seat.member_id,
      case when n % 5 < 3 then 'JOINT' else 'OWN' end::"Audience", case when n % 5 < 3 then joint.readers else array[seat.party_id] end,
      planted(n, 5), planted(n + 1000000, 20), 'a0', moment, moment
    from generate_series(1, 100000) as n
      cross join lateral (select timestamptz '2020-01-01' + n * interval '30 min' as moment) as at
      join seat on seat.place = n % seat.places
      cross join (select collaboration_id, readers from task where audience = 'JOINT' limit 1) as joint;
  insert into comment (id, collaboration_id, task_id, party_id, author_id, audience, readers, text, written_at)
    select md5('comment ' || n || ' ' || task.id)::uuid, task.collaboration_id, task.id, task.party_id, task.created_by_id, 'AS_PARENT',
      task.readers, planted(hashtextextended(task.id::text, n) / 1000, 12), task.created_at + n * interval '1 min'
    from task cross join generate_series(1, 5) as n where task.title like 'x%';

  insert into search_entry (subject_type, subject_id, readers, words, changed_at)
    select 'Task', id, readers, search_words('Task', title, description), updated_at
    from task where title like 'x%';
  insert into search_entry (subject_type, subject_id, readers, words, changed_at)
    select 'Comment', id, readers, search_words('Comment', '', text), written_at from comment where text like 'x%';
  insert into search_word (word, keys, readers)
    select word, search_stems(word) || search_slips(word) || search_threes(word), (select readers from task where audience = 'JOINT' limit 1)
    from (select distinct spelt(n) as word from generate_series(0, ${WORDS}) as n) as words;

  do $$ begin execute (select made from definition); end $$;
  alter table task enable trigger user;
  alter table comment enable trigger user;
  analyze`

/** Party, the words themselves, what will do, that in the title: the first page of what is found, with its text, best first. */
export const BARE = `
  with matched as materialized (
    select found.* from unnest(array['Task', 'Comment']) as type cross join lateral (
      select subject_type, subject_id, changed_at, words @@ $4::tsquery as in_title
      from search_entry where readers @> array[$1::uuid] and words @@ (quote_literal('=' || type)::tsquery && $3::tsquery) limit 10000) as found),
  placed as materialized (
    select * from (
      select matched.*, count(*) over of_type as total,
        row_number() over (partition by subject_type order by in_title desc, changed_at desc) as place
      from matched window of_type as (partition by subject_type)) as numbered
    where place <= 200),
  told as (
    select placed.*, coalesce(task.title, about.title) as title, coalesce(task.description, comment.text) as text,
      (in_title::int + (2 * ts_rank('{0.1,0.2,0.4,1}', entry.words, $2::tsquery, 1)
        + ts_rank('{0.1,0.2,0.4,1}', entry.words, $3::tsquery, 1))::real::text::float8)
        * case when coalesce(task.party_id, comment.party_id) = $1::uuid then 1.15 else 1 end as score
    from placed join search_entry entry using (subject_type, subject_id)
      left join task on task.id = placed.subject_id and placed.subject_type = 'Task'
      left join comment on comment.id = placed.subject_id and placed.subject_type = 'Comment'
      left join task about on about.id = comment.task_id)
  select subject_id as id, title, text, total from told order by score desc, changed_at desc, subject_id limit 20`

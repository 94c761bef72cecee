-- Search: what may be found, by the words in it. Two tables that no application query reads: what stands where (search_entry),
-- and which words there are and belong together (search_word). Both are kept by triggers and asked through two functions of
-- the sealer, which say only what the viewer's party may read. (They are functions because row-level security keeps an index
-- on words from being used: `@@` and `&&` are not leakproof.)
--
-- No extension: folding, word forms, letters out of place and parts of words are told here with what every PostgreSQL has.

create table search_entry (
  subject_type text not null,
  subject_id uuid not null,
  readers uuid[] not null,
  -- Title (A) and text (D), word by word, folded and not stemmed; and the type, '=Task', so that each is looked for by itself.
  words tsvector not null,
  changed_at timestamptz(3) not null,
  constraint search_entry_pkey primary key (subject_type, subject_id)
);
create index search_entry_words on search_entry using gin (readers, words);

create table search_word (
  word text collate "C" not null,
  -- Its stems ('=skol'), itself with one letter left out ('-skoa'), and its letters three by three ('sko'): how it is found.
  keys text[] not null,
  -- Parties that have read the word somewhere.
  readers uuid[] not null,
  constraint search_word_pkey primary key (word)
);
create index search_word_keys on search_word using gin (keys);

-- Lower case, without marks: å and ä are a, ö is o, as people type who lack the key.
create function search_fold(source text) returns text language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select translate(regexp_replace(normalize(lower(source collate "und-x-icu"), NFKD), U&'[\0300-\036F]', '', 'g'), 'æøßłđð', 'aosldd')
$$;

-- The words of a text, parted by spaces.
create function search_spaced(source text) returns text language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select regexp_replace(search_fold(source) collate "und-x-icu", '[^[:alnum:]]+', ' ', 'g')
$$;

-- The stems of a folded word: the Swedish stemmer's, and those of the definite forms that it leaves alone (skolan, policyn).
create function search_stems(word text) returns text[] language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct '=' || stem), '{}') from (
    select unnest(ts_lexize('swedish_stem', form)) as stem
    from unnest(case when length(word) >= 5 and word ~ '[aiouy]ns?$' then array[word, regexp_replace(word, 'ns?$', '')] else array[word] end) as form
  ) as stems
$$;

-- The word itself and with each letter left out: two words that share one of these are a slip of the finger apart.
create function search_slips(word text) returns text[] language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select case when length(word) between 4 and 30 and word !~ '[0-9]'
    then array['-' || word] || array(select distinct '-' || overlay(word placing '' from place for 1) from generate_series(1, length(word)) as place)
    else '{}' end
$$;

create function search_threes(word text) returns text[] language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select array(select distinct substr(word, place, 3) from generate_series(1, length(word) - 2) as place)
$$;

create function search_words(type text, spaced_title text, spaced_body text) returns tsvector
language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select array_to_tsvector(array['=' || type]) || setweight(to_tsvector('simple', spaced_title), 'A') || setweight(to_tsvector('simple', spaced_body), 'D')
$$;

-- Makes a thing findable, as it now reads. What another may search is added here by one trigger that calls it.
create function search_write(type text, id uuid, may_read uuid[], at timestamptz, title text, body text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare spaced_title text := search_spaced(title); spaced_body text := search_spaced(body);
begin
  insert into search_entry (subject_type, subject_id, readers, words, changed_at)
    values (type, id, may_read, search_words(type, spaced_title, spaced_body), at)
    on conflict (subject_type, subject_id) do update set readers = excluded.readers, words = excluded.words, changed_at = excluded.changed_at;
  -- Only words that are new to somebody are touched, in one order: two who write at once neither wait nor block each other.
  insert into search_word (word, keys, readers)
    select word, search_stems(word) || search_slips(word) || search_threes(word), may_read from (
      select distinct word collate "C" as word from regexp_split_to_table(spaced_title || ' ' || spaced_body, ' ') as word
      where length(word) between 2 and 40) as words
    where not exists (select from search_word known where known.word = words.word and known.readers @> may_read)
    order by word
    on conflict (word) do update set readers = array(select distinct unnest(search_word.readers || excluded.readers) order by 1);
end $$;

create function search_remove(type text, id uuid) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from search_entry where subject_type = type and subject_id = id
$$;

create function task_search() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform search_write('Task', new.id, new.readers, new.updated_at, new.title, new.description);
  return null;
end $$;
create trigger search_new after insert on task for each row execute function task_search();
create trigger search after update on task for each row
  when ((old.title collate "C", old.description, old.readers) is distinct from (new.title collate "C", new.description, new.readers))
  execute function task_search();

create function comment_search() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.withdrawn_at is null then perform search_write('Comment', new.id, new.readers, new.written_at, '', new.text);
  else perform search_remove('Comment', new.id);
  end if;
  return null;
end $$;
create trigger search_new after insert on comment for each row execute function comment_search();
create trigger search after update on comment for each row
  when ((old.text, old.readers, old.withdrawn_at) is distinct from (new.text, new.readers, new.withdrawn_at))
  execute function comment_search();

-- A clause as the latest version has it; one that is removed is found no more, as the agreement is read.
create function clause_search() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.removed then perform search_remove('Clause', new.id);
  else perform search_write('Clause', new.id, new.readers, clock_timestamp(), new.heading, new.text);
  end if;
  return null;
end $$;
create trigger search_new after insert on clause for each row execute function clause_search();
create trigger search after update on clause for each row
  when ((old.heading collate "C", old.text, old.readers, old.removed) is distinct from (new.heading collate "C", new.text, new.readers, new.removed))
  execute function clause_search();

create function proposal_search() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform search_write('Proposal', new.id, new.readers, coalesce(new.opened_at, new.created_at), new.title, new.reason);
  return null;
end $$;
create trigger search_new after insert on proposal for each row execute function proposal_search();
create trigger search after update on proposal for each row
  when ((old.title collate "C", old.reason, old.readers) is distinct from (new.title collate "C", new.reason, new.readers))
  execute function proposal_search();

-- What is asked, in words that the viewer's party has read: by word asked, every word that it may mean, and how.
--   0 it says nothing · 1 the same word in some form · 2 it begins so · 3 it contains it · 4 a part of it (pair: which parts) · 5 a slip of the finger
create function search_terms(asked text[]) returns table (place int, word text, grade int, pair int, side int)
-- Whole tables are never the way: how many words a list of keys finds, the planner cannot know.
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
declare
  me uuid[] := array[viewer()]; given text; folded text; stems text[]; stem text; left_stems text[]; right_stems text[]; cut int;
begin
  if me[1] is null then return; end if;
  for place in 1 .. least(cardinality(asked), 12) loop
    given := lower(asked[place] collate "und-x-icu");
    folded := search_fold(given);
    stems := search_stems(folded);
    -- A word that says nothing (och, på, vi) is asked for only when nothing else is.
    if cardinality(asked) > 1 and (ts_lexize('swedish_stem', given) = '{}' or length(folded) < 2) then
      return query select place, folded, 0, 0, 0;
      continue;
    end if;
    return query select place, known.word::text, 1, 0, 0 from search_word known
      where known.readers @> me and known.keys && stems limit 30;
    if cardinality(stems) = 0 then return query select place, folded, 1, 0, 0; end if;
    return query select place, known.word::text, 2, 0, 0 from search_word known
      where known.word >= folded and known.word < folded || U&'\FFFF' and known.readers @> me order by length(known.word), known.word limit 30;
    stem := (select substr(s, 2) from unnest(stems) as s order by length(s) limit 1);
    if length(stem) >= 4 then
      return query select place, known.word::text, 3, 0, 0 from search_word known
        where known.readers @> me and known.keys @> search_threes(stem) and strpos(known.word, stem) > 0
        order by length(known.word), known.word limit 30;
    end if;
    for cut in 3 .. least(length(folded), 40) - 3 loop
      left_stems := search_stems(left(folded, cut)) || search_stems(regexp_replace(left(folded, cut), 's$', ''));
      right_stems := search_stems(substr(folded, cut + 1));
      if exists (select from search_word known where known.readers @> me and known.keys && left_stems and length(known.word) >= 3)
        and exists (select from search_word known where known.readers @> me and known.keys && right_stems and length(known.word) >= 3) then
        return query (select place, known.word::text, 4, cut, 1 from search_word known where known.readers @> me and known.keys && left_stems limit 30)
          union all (select place, known.word::text, 4, cut, 2 from search_word known where known.readers @> me and known.keys && right_stems limit 30);
      end if;
    end loop;
    return query select place, known.word::text, 5, 0, 0 from search_word known
      where known.readers @> me and known.keys && search_slips(folded) and abs(length(known.word) - length(folded)) <= 1
      order by known.word limit 20;
  end loop;
end $$;

-- What the viewer's party may read and holds the words: those with them in the title first, then the latest. `near` says what
-- counts as the word itself, `wide` all that will do. Of each type at most `most_counted` are looked at, however common the words
-- are, and at most `most` of those are ranked.
create function search_hits(near text, wide text, types text[], most int, most_counted int)
returns table (subject_type text, subject_id uuid, score real, in_title boolean, changed_at timestamptz, total bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
#variable_conflict use_column
declare
  me uuid[] := array[viewer()]; near_query tsquery := near; wide_query tsquery := wide;
  title_query tsquery := regexp_replace(wide, '(''[^'']+'')', '\1:A', 'g');
begin
  if me[1] is null then return; end if;
  return query
    with matched as materialized (
      select found.* from unnest(types) as type cross join lateral (
        select entry.subject_type, entry.subject_id, entry.changed_at, entry.words @@ title_query as in_title
        from search_entry entry
        where entry.readers @> me and entry.words @@ (quote_literal('=' || type)::tsquery && wide_query)
        limit most_counted) as found),
    counted as (select matched.subject_type, count(*) as total from matched group by 1),
    placed as materialized (
      select * from (
        select matched.*, row_number() over (partition by matched.subject_type order by matched.in_title desc, matched.changed_at desc) as place
        from matched) as numbered
      where place <= most)
    select placed.subject_type, placed.subject_id,
      (ts_rank('{0.1,0.2,0.4,1}', entry.words, near_query, 1) * 2 + ts_rank('{0.1,0.2,0.4,1}', entry.words, wide_query, 1))::real,
      placed.in_title, placed.changed_at::timestamptz, counted.total
    from placed join counted on counted.subject_type = placed.subject_type
    -- One by one, by its key: the planner would rather read them all.
    cross join lateral (select found.words from search_entry found
      where found.subject_type = placed.subject_type and found.subject_id = placed.subject_id limit 1) entry;
end $$;

alter table search_entry enable row level security;
alter table search_word enable row level security;
create policy search on search_entry to samsyn_sealer using (true) with check (true);
create policy search on search_word to samsyn_sealer using (true) with check (true);
grant select, insert, update, delete on search_entry to samsyn_sealer;
grant select, insert, update on search_word to samsyn_sealer;

-- What is there already, while the functions are still the owner's.
select search_write('Task', id, readers, updated_at, title, description) from task;
select search_write('Comment', id, readers, written_at, '', text) from comment where withdrawn_at is null;
select search_write('Clause', id, readers, clock_timestamp(), heading, text) from clause where not removed;
select search_write('Proposal', id, readers, coalesce(opened_at, created_at), title, reason) from proposal;

grant create on schema public to samsyn_sealer;
do $$
declare signature text;
begin
  foreach signature in array array[
    'search_write(text, uuid, uuid[], timestamptz, text, text)', 'search_remove(text, uuid)', 'task_search()', 'comment_search()',
    'clause_search()', 'proposal_search()',
    'search_terms(text[])', 'search_hits(text, text, text[], int, int)'
  ] loop
    execute format('alter function %s owner to samsyn_sealer', signature);
    execute format('revoke all on function %s from public', signature);
  end loop;
end $$;
revoke create on schema public from samsyn_sealer;
grant execute on function search_terms(text[]), search_hits(text, text, text[], int, int) to samsyn_app;

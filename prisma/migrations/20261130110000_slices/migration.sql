-- CreateEnum
CREATE TYPE "Slice" AS ENUM ('TASKS', 'COMMENTS', 'AGREEMENT', 'FILES');

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "slices" "Slice"[] DEFAULT ARRAY['TASKS', 'COMMENTS', 'AGREEMENT', 'FILES']::"Slice"[];

-- A key reads the slices that it was made for, of what its party reads; parties and members always. A transaction knows them as it knows
-- its viewer, and what it does not name is not read: one that names none reads of no slice. Persons read them all.
alter table api_key add check (slices is not null);
grant insert (slices) on api_key to samsyn_app;

create function viewer_slices() returns "Slice"[] language sql stable parallel safe
  return string_to_array(nullif(current_setting('app.slices', true), ''), ',')::"Slice"[];

-- Of which slice things of a type are; null for what is of none.
create function slice_of(type text) returns "Slice" language sql immutable parallel safe
  return case
    when type = 'Task' then 'TASKS'
    when type = 'Comment' then 'COMMENTS'
    when type in ('AgreementVersion', 'Clause', 'Proposal') then 'AGREEMENT'
    when type = 'File' then 'FILES'
  end::"Slice";

-- Restrictive: beside the policies that say whose a row is to read, and whatever is added to them.
create policy slice on task as restrictive for select to samsyn_app using ('TASKS' = any ((select viewer_slices())::"Slice"[]));
create policy slice on comment as restrictive for select to samsyn_app using ('COMMENTS' = any ((select viewer_slices())::"Slice"[]));
create policy slice on thread_follower as restrictive for select to samsyn_app using ('COMMENTS' = any ((select viewer_slices())::"Slice"[]));
create policy slice on file as restrictive for select to samsyn_app using ('FILES' = any ((select viewer_slices())::"Slice"[]));
create policy slice on agreement as restrictive for select to samsyn_app using ('AGREEMENT' = any ((select viewer_slices())::"Slice"[]));
create policy slice on agreement_version as restrictive for select to samsyn_app using ('AGREEMENT' = any ((select viewer_slices())::"Slice"[]));
create policy slice on version_clause as restrictive for select to samsyn_app using ('AGREEMENT' = any ((select viewer_slices())::"Slice"[]));
create policy slice on clause as restrictive for select to samsyn_app using ('AGREEMENT' = any ((select viewer_slices())::"Slice"[]));
create policy slice on proposal as restrictive for select to samsyn_app using ('AGREEMENT' = any ((select viewer_slices())::"Slice"[]));
create policy slice on answer as restrictive for select to samsyn_app using ('AGREEMENT' = any ((select viewer_slices())::"Slice"[]));
create policy slice on signature as restrictive for select to samsyn_app using ('AGREEMENT' = any ((select viewer_slices())::"Slice"[]));

-- An entry is of its subject's slice, and a text of its entry's. What webhooks were sent names entries of all of them.
create policy slice on journal_entry as restrictive for select to samsyn_app
  using (slice_of(subject_type) is null or slice_of(subject_type) = any ((select viewer_slices())::"Slice"[]));
create policy slice on commitment as restrictive for select to samsyn_app
  using ((select viewer_slices() @> enum_range(null::"Slice")) or exists (select from journal_entry where journal_entry.id = entry_id));
create policy slice on webhook_delivery as restrictive for select to samsyn_app
  using ((select viewer_slices() @> enum_range(null::"Slice")));

-- Search looks past row-level security, and so asks by itself.
create or replace function search_hits(near text, wide text, types text[], most int, most_counted int)
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
        limit most_counted) as found
        where slice_of(type) is null or slice_of(type) = any (viewer_slices())),
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

drop function key_viewer(bytea);
create function key_viewer(token bytea) returns table (key_id uuid, collaboration_id uuid, slug text, party_id uuid, slices text[])
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare found api_key;
begin
  select api_key.* into found from keys_opened(array[token]) opened join api_key on api_key.id = opened.key_id;
  if found.id is null then return; end if;
  if found.last_used_at is null or found.last_used_at < now() - interval '1 minute' then
    update api_key set last_used_at = now() where id = found.id;
  end if;
  return query select found.id, collaboration.id, collaboration.slug, found.party_id, found.slices::text[]
    from collaboration where collaboration.id = found.collaboration_id;
end $$;

grant create on schema public to samsyn_sealer;
alter function key_viewer(bytea) owner to samsyn_sealer;
revoke execute on function key_viewer(bytea) from public;
grant execute on function key_viewer(bytea) to samsyn_app;
revoke create on schema public from samsyn_sealer;

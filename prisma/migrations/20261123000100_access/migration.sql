-- Who may read what, answered by PostgreSQL as well as by `access/`.
--
-- The application role owns nothing and bypasses nothing. A policy is one comparison: is the viewer's party among the
-- row's readers? Readers are computed here, by triggers, from the audience; the application can't write them.
-- The sealer role cannot log in; it owns the SECURITY DEFINER functions and has policies of its own.
-- Policies are ENABLEd, not FORCEd: with FORCE an owner's backfill silently updates nothing.

revoke all on schema public from public;
grant usage on schema public to samsyn_app, samsyn_sealer;

-- The viewer's party, null outside a transaction that has one. After such a transaction the setting is '' and not null.
create function viewer() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.party', true), '')::uuid;
-- The viewer's own seat, for what is personal.
create function viewer_member() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.member', true), '')::uuid;

create function all_parties(collaboration uuid) returns uuid[] language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(id order by id), '{}') from party where collaboration_id = collaboration and left_at is null
$$;

-- The parties that an audience means. Guests read a joint thing only when listed by name; parties of another
-- collaboration fall away.
create function readers_of(collaboration uuid, owner uuid, wanted "Audience", listed uuid[])
returns uuid[] language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(id order by id), '{}') from party
  where collaboration_id = collaboration and left_at is null
    and (id = owner
      or (wanted <> 'OWN' and id = any (listed))
      or (wanted = 'JOINT' and role <> 'GUEST'))
$$;

create function task_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.readers := readers_of(new.collaboration_id, new.party_id, new.audience, new.shared_with);
  return new;
end $$;
create trigger readers before insert or update of audience, shared_with, party_id, collaboration_id on task
  for each row execute function task_readers();

-- A comment's readers are fixed when it is written: widening the task later does not widen what was said before.
create function comment_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.readers := case new.audience
    when 'OWN' then array[new.party_id]
    else (select readers from task where id = new.task_id) end;
  return new;
end $$;
create trigger readers before insert on comment for each row execute function comment_readers();

create function joint_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.readers := all_parties(new.collaboration_id);
  return new;
end $$;
create trigger readers before insert on member for each row execute function joint_readers();

create function mandate_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  select party_id, readers into new.party_id, new.readers from member where id = new.member_id;
  return new;
end $$;
create trigger readers before insert on mandate for each row execute function mandate_readers();

create function idempotency_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.readers := (select array[party_id] from member where id = new.member_id);
  return new;
end $$;
create trigger readers before insert on idempotency_record for each row execute function idempotency_readers();

-- A party is admitted: it gets a stream, and all that is joint is read by one more.
create function party_admitted() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare everyone uuid[] := all_parties(new.collaboration_id);
begin
  insert into stream_head (stream_id, hash) values (new.id, decode(repeat('00', 32), 'hex')) on conflict do nothing;
  update party set readers = everyone where collaboration_id = new.collaboration_id;
  update collaboration set readers = everyone where id = new.collaboration_id;
  update member set readers = everyone where collaboration_id = new.collaboration_id;
  update mandate set readers = everyone
    where member_id in (select id from member where collaboration_id = new.collaboration_id);
  update organisation set readers = (select array_agg(distinct reader order by reader)
      from party, unnest(party.readers) reader where party.organisation_id = organisation.id)
    where id in (select organisation_id from party where collaboration_id = new.collaboration_id);
  update task set shared_with = shared_with where collaboration_id = new.collaboration_id and audience = 'JOINT';
  return null;
end $$;
create trigger admitted after insert on party for each row execute function party_admitted();

-- Row-level security on everything but what no application query reads.
alter table collaboration enable row level security;
alter table organisation enable row level security;
alter table party enable row level security;
alter table person enable row level security;
alter table member enable row level security;
alter table mandate enable row level security;
alter table task enable row level security;
alter table comment enable row level security;
alter table journal_intent enable row level security;
alter table journal_entry enable row level security;
alter table stream_entry enable row level security;
alter table stream_head enable row level security;
alter table commitment enable row level security;
alter table idempotency_record enable row level security;
alter table credential enable row level security;
alter table session enable row level security;
alter table invitation enable row level security;
alter table sign_in_failure enable row level security;

create policy read on collaboration for select to samsyn_app using ((select viewer()) = any (readers));
create policy read on organisation for select to samsyn_app using ((select viewer()) = any (readers));
create policy read on party for select to samsyn_app using ((select viewer()) = any (readers));
create policy read on person for select to samsyn_app using ((select viewer()) = any (readers));

create policy read on member for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on member for insert to samsyn_app with check (party_id = (select viewer()));
create policy change on member for update to samsyn_app using (party_id = (select viewer())) with check (party_id = (select viewer()));

create policy read on mandate for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on mandate for insert to samsyn_app with check (party_id = (select viewer()));
create policy remove on mandate for delete to samsyn_app using (party_id = (select viewer()));

create policy read on task for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on task for insert to samsyn_app with check (party_id = (select viewer()) and (select viewer()) = any (readers));
create policy change on task for update to samsyn_app
  using ((select viewer()) = any (readers)) with check ((select viewer()) = any (readers));

create policy read on comment for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on comment for insert to samsyn_app with check (party_id = (select viewer()) and (select viewer()) = any (readers));
create policy change on comment for update to samsyn_app using (party_id = (select viewer())) with check (party_id = (select viewer()));

create policy write on journal_intent for insert to samsyn_app with check (party_id = (select viewer()));
create policy read on journal_entry for select to samsyn_app using ((select viewer()) = any (readers));
create policy read on commitment for select to samsyn_app using ((select viewer()) = any (readers));
create policy read on stream_entry for select to samsyn_app using (stream_id in ((select viewer()), (select viewer_member())));
create policy read on stream_head for select to samsyn_app using (stream_id in ((select viewer()), (select viewer_member())));

create policy read on idempotency_record for select to samsyn_app
  using ((select viewer()) = any (readers) and member_id = (select viewer_member()));
create policy write on idempotency_record for insert to samsyn_app
  with check (member_id = (select viewer_member()) and (select viewer()) = any (readers));

-- Verbs by grant: nothing is deleted but mandates, the journal is read only, and readers are never updated. (They may be
-- inserted, because Prisma writes every default itself; the triggers above put the right ones in their place.)
grant select on collaboration, organisation, party, person, member, mandate, task, comment,
  journal_entry, stream_entry, stream_head, commitment, idempotency_record to samsyn_app;
grant insert (id, collaboration_id, party_id, person_id, name, title, roles, version, readers),
  update (name, title, roles, version, removed_at) on member to samsyn_app;
grant insert (id, member_id, party_id, kind, valid_from, valid_to, readers), delete on mandate to samsyn_app;
grant insert (id, collaboration_id, party_id, created_by_id, audience, shared_with, readers, title, description, state, position, due_on,
    responsible, assignees, version),
  update (audience, shared_with, title, description, state, position, due_on, responsible, assignees, version, updated_at, archived_at)
  on task to samsyn_app;
grant insert (id, collaboration_id, task_id, party_id, author_id, audience, text, version, readers),
  update (text, version, edited_at, withdrawn_at) on comment to samsyn_app;
grant insert (kind, collaboration_id, actor_id, party_id, subject_type, subject_id, subject_version, changes, former_readers),
  select (id) on journal_intent to samsyn_app;
grant usage on sequence journal_intent_id_seq to samsyn_app;
grant insert (member_id, key, input_hash, subject_id) on idempotency_record to samsyn_app;

-- Bounds that hold whatever the application forgets. Lengths in characters.
alter table task add check (length(title) between 1 and 200), add check (length(description) <= 20000),
  add check (cardinality(responsible) <= 50), add check (cardinality(assignees) <= 50), add check (length(position) between 1 and 200);
alter table comment add check (length(text) <= 10000), add check (length(text) > 0 or withdrawn_at is not null);
alter table member add check (length(name) between 1 and 100), add check (length(title) <= 100), add check (cardinality(roles) >= 1);
alter table person add check (email = lower(email)), add check (length(email) between 3 and 254);
alter table mandate add check (valid_to is null or valid_to >= valid_from);

-- A person holds at most one seat at a time in a collaboration; a seat once held stays as a row.
create unique index member_one_seat on member (collaboration_id, person_id) where removed_at is null;

-- Times are the database's: the application says that something happened, not when.
create function task_stamps() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare instant timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
  if new.version is distinct from old.version then new.updated_at := instant; end if;
  if old.archived_at is null and new.archived_at is not null then new.archived_at := instant; end if;
  return new;
end $$;
create trigger stamps before update on task for each row when (current_user = 'samsyn_app') execute function task_stamps();

create function comment_stamps() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare instant timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
  if new.text is distinct from old.text and new.withdrawn_at is null then new.edited_at := instant; end if;
  if old.withdrawn_at is null and new.withdrawn_at is not null then new.withdrawn_at := instant; end if;
  return new;
end $$;
create trigger stamps before update on comment for each row when (current_user = 'samsyn_app') execute function comment_stamps();

create function member_stamps() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.removed_at is null and new.removed_at is not null then new.removed_at := date_trunc('milliseconds', clock_timestamp()); end if;
  return new;
end $$;
create trigger stamps before update on member for each row when (current_user = 'samsyn_app') execute function member_stamps();

-- Titles in Swedish order: å, ä, ö last.
alter table task alter column title type text collate "sv-SE-x-icu";
alter table member alter column name type text collate "sv-SE-x-icu";

-- Fractional indexes are compared byte by byte, whatever the database's collation.
alter table task alter column position type text collate "C";
alter table demo enable row level security;
create policy read on demo for select to samsyn_app using (true);
grant select on demo to samsyn_app;

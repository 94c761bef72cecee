-- One record, many readers. A service only says what happened, in journal_intent; at COMMIT a deferred trigger seals all
-- of the transaction's intents into the streams of the parties that may read the subject now or could before. "Last" is
-- PostgreSQL's doing: the order of numbers is the order of commits, numbers are dense, and a rollback leaves no hole.

-- RFC 8785 for what entries hold: objects with ASCII keys, strings, whole numbers, booleans, null.
create function canonical_json(value jsonb) returns text language plpgsql immutable strict parallel safe
set search_path = pg_catalog, public, pg_temp as $$
begin
  return case jsonb_typeof(value)
    when 'object' then '{' || coalesce((select string_agg(to_json(key)::text || ':' || canonical_json(item), ',' order by key collate "C")
                                        from jsonb_each(value) as each(key, item)), '') || '}'
    when 'array' then '[' || coalesce((select string_agg(canonical_json(item), ',' order by number)
                                       from jsonb_array_elements(value) with ordinality as each(item, number)), '') || ']'
    when 'string' then to_json(value #>> '{}')::text
    else value::text end;
end $$;

-- The form of an entry that is chained. What is personal or free text stands in it only as commitments.
create function canonical_entry(entry journal_entry) returns text language sql stable strict parallel safe
set search_path = pg_catalog, public, pg_temp as $$
  select canonical_json(jsonb_build_object(
    'actor', entry.actor_id, 'at', to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'changes', entry.changes, 'collaboration', entry.collaboration_id, 'id', entry.id, 'kind', entry.kind,
    'party', entry.party_id, 'subject', entry.subject_id, 'type', entry.subject_type, 'version', entry.subject_version))
$$;

insert into journal_subject (type, table_name) values ('Task', 'task'), ('Comment', 'comment'), ('Member', 'member');

create function journal_seal() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  intent journal_intent;
  entry journal_entry;
  readers_now uuid[];
  field text;
  side text;
  change jsonb;
  body text;
  salt bytea;
  sealed text;
  -- Only the owner of the tables may backdate, for the pilot's months of history.
  backdated timestamptz := case when session_user = (select tableowner from pg_tables where schemaname = 'public' and tablename = 'journal_entry')
    then nullif(current_setting('app.journal_time', true), '')::timestamptz end;
begin
  if not exists (select from journal_intent where id = new.id) then return null; end if;   -- an earlier firing sealed it

  for intent in select * from journal_intent where xid = pg_current_xact_id() order by id loop
    execute (select format('select readers from public.%I where id = $1', table_name) from journal_subject where type = intent.subject_type)
      into strict readers_now using intent.subject_id;
    update journal_intent
      set streams = array(select distinct reader from unnest(readers_now || intent.former_readers) reader order by reader)
      where id = intent.id;
  end loop;

  perform from stream_head
    where stream_id in (select unnest(streams) from journal_intent where xid = pg_current_xact_id())
    order by stream_id for update;

  for intent in select * from journal_intent where xid = pg_current_xact_id() order by id loop
    entry := row(gen_random_uuid(), date_trunc('milliseconds', coalesce(backdated, clock_timestamp())), intent.kind, intent.collaboration_id,
      intent.actor_id, intent.party_id, intent.subject_type, intent.subject_id, intent.subject_version, intent.changes, intent.streams);

    for field, change in select * from jsonb_each(intent.changes) loop
      foreach side in array array['from', 'to'] loop
        continue when jsonb_typeof(change -> side) is distinct from 'object';
        body := change -> side ->> 'text';
        salt := uuid_send(gen_random_uuid());
        sealed := encode(sha256(salt || convert_to(body, 'UTF8')), 'hex');
        entry.changes := jsonb_set(entry.changes, array[field, side], jsonb_build_object('commitment', sealed));
        insert into commitment (hash, entry_id, salt, value, readers) values (sealed, entry.id, salt, body, intent.streams);
      end loop;
    end loop;

    insert into journal_entry select entry.*;
    with numbered as (
      update stream_head head
        set seq = head.seq + 1, hash = sha256(head.hash || convert_to(canonical_entry(entry), 'UTF8'))
        where head.stream_id = any (intent.streams)
        returning head.stream_id, head.seq, head.hash)
    insert into stream_entry (stream_id, seq, entry_id, hash) select stream_id, seq, entry.id, hash from numbered;
  end loop;

  delete from journal_intent where xid = pg_current_xact_id();
  perform pg_notify('journal', '');
  return null;
end $$;

create constraint trigger seal after insert on journal_intent deferrable initially deferred
  for each row execute function journal_seal();

-- How far the given streams have come: all that the relay may know, being nobody's viewer.
create function stream_heads(streams uuid[]) returns table (stream_id uuid, epoch int, seq bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select stream_id, epoch, seq from stream_head where stream_id = any (streams)
$$;

-- The commitment's foreign key would fire before the entry stands; the order is ours, the check comes at the end.
alter table commitment alter constraint commitment_entry_id_fkey deferrable initially deferred;

grant select, update on stream_head to samsyn_sealer;
grant select, insert, update, delete on journal_intent to samsyn_sealer;
grant select, insert on journal_entry, stream_entry, commitment to samsyn_sealer;
grant select on journal_subject, task, comment, member to samsyn_sealer;
create policy seal on stream_head to samsyn_sealer using (true) with check (true);
create policy seal on journal_intent to samsyn_sealer using (true) with check (true);
create policy seal on journal_entry to samsyn_sealer using (true) with check (true);
create policy seal on stream_entry to samsyn_sealer using (true) with check (true);
create policy seal on commitment to samsyn_sealer using (true) with check (true);
create policy seal on task for select to samsyn_sealer using (true);
create policy seal on comment for select to samsyn_sealer using (true);
create policy seal on member for select to samsyn_sealer using (true);

grant create on schema public to samsyn_sealer;
alter function journal_seal() owner to samsyn_sealer;
alter function stream_heads(uuid[]) owner to samsyn_sealer;
revoke create on schema public from samsyn_sealer;
revoke execute on function stream_heads(uuid[]) from public;
grant execute on function stream_heads(uuid[]) to samsyn_app;

-- What is sealed in one transaction happens one after the other: sealing has become so fast that two entries could have the same millisecond,
-- and lists that show the latest first then showed them in any order. Nothing else differs.
create or replace function journal_seal() returns trigger language plpgsql security definer
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
  told bytea;
  latest timestamptz;
  -- Only the owner of the tables may backdate, for the pilot's months of history.
  backdated timestamptz := case when coalesce(current_setting('app.journal_time', true), '') = '' then null
    when session_user = (select tableowner from pg_tables where schemaname = 'public' and tablename = 'journal_entry')
    then current_setting('app.journal_time')::timestamptz end;
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
    latest := coalesce(date_trunc('milliseconds', backdated),
      greatest(date_trunc('milliseconds', clock_timestamp()), latest + interval '1 millisecond'));
    entry := row(gen_random_uuid(), latest, intent.kind, intent.collaboration_id,
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
    told := convert_to(canonical_entry(entry), 'UTF8');
    with numbered as (
      update stream_head head
        set seq = head.seq + 1, hash = sha256(head.hash || told)
        where head.stream_id = any (intent.streams)
        returning head.stream_id, head.seq, head.hash)
    insert into stream_entry (stream_id, seq, entry_id, hash) select stream_id, seq, entry.id, hash from numbered;
  end loop;

  delete from journal_intent where xid = pg_current_xact_id();
  if current_setting('app.doorbell', true) = 'redis' then raise info 'journal'; else perform pg_notify('journal', ''); end if;
  return null;
end $$;

-- AlterTable
ALTER TABLE "notification_settings" ADD COLUMN     "pushed" "NotificationReason"[];

-- CreateTable
CREATE TABLE "push_browser" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "endpoint" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "told_at" TIMESTAMPTZ(3),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "push_browser_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "push_key" (
    "single" BOOLEAN NOT NULL DEFAULT true,
    "public_key" TEXT NOT NULL,
    "private_key" TEXT NOT NULL,

    CONSTRAINT "push_key_pkey" PRIMARY KEY ("single")
);

-- CreateIndex
CREATE UNIQUE INDEX "push_browser_member_id_endpoint_key" ON "push_browser"("member_id", "endpoint");

-- CreateIndex
CREATE INDEX "push_browser_endpoint_idx" ON "push_browser"("endpoint");

alter table push_browser
  add check (length(endpoint) between 1 and 1000), add check (length(label) between 1 and 100),
  add check (length(public_key) = 87), add check (length(secret) = 22);
alter table push_key add check (single);
create trigger readers before insert on push_browser for each row execute function personal_readers();

-- What is pushed unless the member says otherwise is what is mailed: what asks something of them. Nothing is until a browser is named.
update notification_settings
  set pushed = array['ASSIGNED', 'MENTIONED', 'SHARED', 'PROPOSED', 'TO_SIGN', 'DUE']::"NotificationReason"[];
create or replace function notification_settings_add(seat uuid) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into notification_settings (id, member_id, mailed, pushed, time_zone, locale)
    select gen_random_uuid(), member.id, told, told, collaboration.time_zone, case when person.locale = 'en' then 'en' else 'sv' end
    from member join collaboration on collaboration.id = member.collaboration_id join person on person.id = member.person_id
    cross join (values (array['ASSIGNED', 'MENTIONED', 'SHARED', 'PROPOSED', 'TO_SIGN', 'DUE']::"NotificationReason"[])) as usual(told)
    where member.id = seat;
  insert into unsubscribe_key (member_id, key)
    values (seat, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
$$;

-- By whose key the hub tells push services that it is itself: the first that any server offered, and the same ever after, for a browser
-- takes messages from nobody else.
create function push_key_kept(offered_public text, offered_private text) returns table (public_key text, private_key text)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into push_key (public_key, private_key) values (offered_public, offered_private) on conflict do nothing;
  return query select kept.public_key, kept.private_key from push_key kept;
end $$;

-- A browser tells one person: when somebody else is signed in there and wants to be told, whoever was told before no longer is.
create function push_browser_changed_hands() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from push_browser before using member theirs, member ours
    where before.endpoint = new.endpoint and theirs.id = before.member_id and ours.id = new.member_id and theirs.person_id <> ours.person_id;
  return null;
end $$;
create trigger hands after insert on push_browser for each row execute function push_browser_changed_hands();

-- When something is to go by a channel: only mail is gathered for a time of day.
create function letter_due(way "NotificationChannel", settings notification_settings, moment timestamptz) returns timestamptz
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
begin
  if way <> 'MAIL' then settings.digest_at := null; end if;
  return letter_due(settings, moment);
end $$;

-- As before, and by the channel PUSH to those who have named a browser. What came while it was quiet comes as one afterwards; what comes
-- in the last minute of it comes alone, for the one that is gathered may be on its way.
create or replace function notifications_make(wanted jsonb, channels "NotificationChannel"[])
returns table (letter_id uuid, channel "NotificationChannel", member_id uuid, due_at timestamptz, digest boolean)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  made notification;
  moment timestamptz := clock_timestamp();
begin
  for made in
    insert into notification (id, member_id, collaboration_id, reason, entry_id, subject_type, subject_id,
        task_id, clause_id, proposal_id, due_on, at)
      select gen_random_uuid(), member.id, member.collaboration_id, one.reason, one.entry, one.type, one.subject,
        one.task, one.clause, one.proposal, one.due,
        date_trunc('milliseconds', coalesce(entry.at, clock_timestamp()))
      from jsonb_to_recordset(wanted)
        as one(member uuid, reason "NotificationReason", entry uuid, type text, subject uuid,
          task uuid, clause uuid, proposal uuid, due date)
      join member on member.id = one.member and member.party_id = viewer() and member.removed_at is null
      left join journal_entry entry on entry.id = one.entry
      left join task on task.id = one.task
      left join clause on clause.id = one.clause
      left join proposal on proposal.id = one.proposal
      where (one.entry is null or viewer() = any (entry.readers))
        and (one.task is null or viewer() = any (task.readers))
        and (one.clause is null or viewer() = any (clause.readers))
        and (one.proposal is null or viewer() = any (proposal.readers))
        and not exists (select from mute where mute.member_id = member.id
          and (mute.task_id = one.task or mute.clause_id = one.clause or mute.proposal_id = one.proposal or mute.reason = one.reason))
      order by member.id, entry.at
      on conflict do nothing
      returning *
  loop
    insert into journal_intent (kind, collaboration_id, party_id, subject_type, subject_id, subject_version, changes, former_readers)
      values ('notification.made', made.collaboration_id, viewer(), 'Notification', made.id, made.version, '{}', '{}');
    return query
      with wished as (
        select way, due, case way when 'MAIL' then settings.digest_at is not null else due > moment + interval '1 minute' end as gathered
        from notification_settings settings join member seat on seat.id = settings.member_id cross join unnest(channels) as way
        cross join letter_due(way, settings, moment) as due
        where settings.member_id = made.member_id and seat.joined_at is not null and made.at > moment - interval '3 days'
          and made.reason = any (case way when 'MAIL' then settings.mailed when 'PUSH' then settings.pushed end)
          and (way <> 'PUSH' or exists (select from push_browser browser where browser.member_id = made.member_id))),
      waiting as (
        insert into delivery (notification_id, channel, member_id, letter_id, due_at)
          select made.id, way, made.member_id,
            md5(way || case when gathered then made.member_id || ' ' || extract(epoch from due) else made.id::text end)::uuid, due
          from wished
          returning *)
      select waiting.letter_id, waiting.channel, waiting.member_id, waiting.due_at, wished.gathered
      from waiting join wished on wished.way = waiting.channel;
  end loop;
end $$;

drop function letter_receiver(uuid);
create function letter_receiver(seat uuid)
returns table (person_id uuid, party_id uuid, collaboration_id uuid, roles "MemberRole"[], name text, email text,
  slug text, collaboration_name text, locale text, time_zone text, mailed "NotificationReason"[], pushed "NotificationReason"[], key bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person.id, party.id, collaboration.id, member.roles, member.name, person.email, collaboration.slug, collaboration.name,
    settings.locale, settings.time_zone, settings.mailed, settings.pushed, unsubscribe_key.key
  from member join person on person.id = member.person_id join party on party.id = member.party_id
  join collaboration on collaboration.id = member.collaboration_id
  join notification_settings settings on settings.member_id = member.id
  join unsubscribe_key on unsubscribe_key.member_id = member.id
  where member.id = seat and member.joined_at is not null and member.removed_at is null and party.left_at is null
$$;

-- Whoever no longer sits there is sent nothing of what waits, and is reached by no browser.
create or replace function letters_taken_away() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from delivery using member where member.id = delivery.member_id and sent_at is null
    and case tg_table_name when 'member' then member.id else member.party_id end = new.id;
  delete from push_browser using member where member.id = push_browser.member_id
    and case tg_table_name when 'member' then member.id else member.party_id end = new.id;
  return null;
end $$;

alter table push_browser enable row level security;
alter table push_key enable row level security;

-- The member's own, and nobody else's.
create policy read on push_browser for select to samsyn_app using ((select viewer_member()) = any (readers));
create policy write on push_browser for insert to samsyn_app with check (member_id = (select viewer_member()));
create policy change on push_browser for update to samsyn_app
  using ((select viewer_member()) = any (readers)) with check ((select viewer_member()) = any (readers));
create policy remove on push_browser for delete to samsyn_app using ((select viewer_member()) = any (readers));
grant select, insert (id, member_id, endpoint, public_key, secret, label, readers), update (public_key, secret, label, told_at), delete
  on push_browser to samsyn_app;
grant update (pushed) on notification_settings to samsyn_app;

grant select, delete on push_browser to samsyn_sealer;
grant select, insert on push_key to samsyn_sealer;
create policy seal on push_browser to samsyn_sealer using (true) with check (true);
create policy seal on push_key to samsyn_sealer using (true) with check (true);

grant create on schema public to samsyn_sealer;
do $$
declare signature regprocedure;
begin
  foreach signature in array array['push_key_kept(text, text)', 'push_browser_changed_hands()', 'letter_receiver(uuid)']::regprocedure[] loop
    execute format('alter function %s owner to samsyn_sealer', signature);
    execute format('revoke execute on function %s from public', signature);
  end loop;
  foreach signature in array array['push_key_kept(text, text)', 'letter_receiver(uuid)']::regprocedure[] loop
    execute format('grant execute on function %s to samsyn_app', signature);
  end loop;
end $$;
revoke create on schema public from samsyn_sealer;

-- CreateEnum
CREATE TYPE "NotificationChannel" AS ENUM ('MAIL');

-- CreateTable
CREATE TABLE "notification_settings" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "mailed" "NotificationReason"[],
    "digest_at" TEXT,
    "quiet_from" TEXT,
    "quiet_to" TEXT,
    "time_zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "notification_settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unsubscribe_key" (
    "member_id" UUID NOT NULL,
    "key" BYTEA NOT NULL,

    CONSTRAINT "unsubscribe_key_pkey" PRIMARY KEY ("member_id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "notification_id" UUID NOT NULL,
    "channel" "NotificationChannel" NOT NULL,
    "member_id" UUID NOT NULL,
    "letter_id" UUID NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("notification_id","channel")
);

-- CreateIndex
CREATE UNIQUE INDEX "notification_settings_member_id_key" ON "notification_settings"("member_id");

-- CreateIndex
CREATE INDEX "delivery_letter_id_idx" ON "delivery"("letter_id");

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whoever sits at the table has settings and a key of their own, made with the seat. What is mailed unless the member says otherwise is
-- what asks something of them.
alter table notification_settings
  add check ((quiet_from is null) = (quiet_to is null)),
  add check (digest_at ~ '^([01]\d|2[0-3]):[0-5]\d$'), add check (quiet_from ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  add check (quiet_to ~ '^([01]\d|2[0-3]):[0-5]\d$'), add check (locale in ('sv', 'en'));
create function notification_settings_add(seat uuid) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into notification_settings (id, member_id, mailed, time_zone, locale)
    select gen_random_uuid(), member.id, array['ASSIGNED', 'MENTIONED', 'SHARED', 'PROPOSED', 'TO_SIGN', 'DUE']::"NotificationReason"[],
      collaboration.time_zone, case when person.locale = 'en' then 'en' else 'sv' end
    from member join collaboration on collaboration.id = member.collaboration_id join person on person.id = member.person_id
    where member.id = seat;
  insert into unsubscribe_key (member_id, key)
    values (seat, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
$$;
create function notification_settings_opened() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform notification_settings_add(new.id);
  return null;
end $$;
create trigger readers before insert on notification_settings for each row execute function personal_readers();
create trigger readers before insert on delivery for each row execute function personal_readers();
select notification_settings_add(id) from member;
create trigger notification_settings after insert on member for each row execute function notification_settings_opened();

insert into journal_subject (type, table_name) values ('NotificationSettings', 'notification_settings');

-- When a letter to somebody with these settings is to go: at once, when it is no longer quiet, or with the next day's others. A digest
-- that goes within a minute is closed: what comes now would find it gone.
create function letter_due(settings notification_settings, moment timestamptz) returns timestamptz
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
  here timestamp := moment at time zone settings.time_zone;
  due timestamp;
begin
  if settings.digest_at is not null then
    due := here::date + settings.digest_at::time;
    if due < here + interval '1 minute' then due := due + interval '1 day'; end if;
    return due at time zone settings.time_zone;
  end if;
  if settings.quiet_from is null or settings.quiet_from = settings.quiet_to then return moment; end if;
  if (settings.quiet_from < settings.quiet_to and here::time >= settings.quiet_from::time and here::time < settings.quiet_to::time)
    or (settings.quiet_from > settings.quiet_to and (here::time >= settings.quiet_from::time or here::time < settings.quiet_to::time)) then
    due := here::date + settings.quiet_to::time;
    if due <= here then due := due + interval '1 day'; end if;
    return due at time zone settings.time_zone;
  end if;
  return moment;
end $$;

-- As before, and beside each notification what is to be sent of it by these channels: of what is three days old nothing, it is no news
-- any more (as when a hub has stood still, or is planted with a story). Answers with the letters, for which the caller
-- makes jobs in the same transaction; a letter has one id, however often it comes here.
drop function notifications_make(jsonb);
create function notifications_make(wanted jsonb, channels "NotificationChannel"[])
returns table (letter_id uuid, channel "NotificationChannel", member_id uuid, due_at timestamptz, digest boolean)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  made notification;
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
        select way, letter_due(settings, clock_timestamp()) as due, settings.digest_at is not null as gathered
        from notification_settings settings join member seat on seat.id = settings.member_id cross join unnest(channels) as way
        where settings.member_id = made.member_id and seat.joined_at is not null and made.at > clock_timestamp() - interval '3 days'
          and made.reason = any (case way when 'MAIL' then settings.mailed end)),
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

-- To whom a letter goes, if anybody still sits there: all that the server needs to act as them and to write to them.
create function letter_receiver(seat uuid)
returns table (person_id uuid, party_id uuid, collaboration_id uuid, roles "MemberRole"[], name text, email text,
  slug text, collaboration_name text, locale text, time_zone text, mailed "NotificationReason"[], key bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person.id, party.id, collaboration.id, member.roles, member.name, person.email, collaboration.slug, collaboration.name,
    settings.locale, settings.time_zone, settings.mailed, unsubscribe_key.key
  from member join person on person.id = member.person_id join party on party.id = member.party_id
  join collaboration on collaboration.id = member.collaboration_id
  join notification_settings settings on settings.member_id = member.id
  join unsubscribe_key on unsubscribe_key.member_id = member.id
  where member.id = seat and member.joined_at is not null and member.removed_at is null and party.left_at is null
$$;

-- Whoever no longer sits there is sent nothing of what waits.
create function letters_taken_away() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from delivery using member where member.id = delivery.member_id and sent_at is null
    and case tg_table_name when 'member' then member.id else member.party_id end = new.id;
  return null;
end $$;
create trigger letters after update of removed_at on member for each row
  when (new.removed_at is not null) execute function letters_taken_away();
create trigger letters after update of left_at on party for each row
  when (new.left_at is not null) execute function letters_taken_away();

alter table notification_settings enable row level security;
alter table unsubscribe_key enable row level security;
alter table delivery enable row level security;

-- The member's own, and nobody else's.
create policy read on notification_settings for select to samsyn_app using ((select viewer_member()) = any (readers));
create policy change on notification_settings for update to samsyn_app
  using ((select viewer_member()) = any (readers)) with check ((select viewer_member()) = any (readers));
create policy read on delivery for select to samsyn_app using ((select viewer_member()) = any (readers));
create policy change on delivery for update to samsyn_app
  using ((select viewer_member()) = any (readers)) with check ((select viewer_member()) = any (readers));
create policy remove on delivery for delete to samsyn_app using ((select viewer_member()) = any (readers));

grant select, update (mailed, digest_at, quiet_from, quiet_to, time_zone, locale, version) on notification_settings to samsyn_app;
grant select, update (sent_at), delete on delivery to samsyn_app;

grant select, insert on notification_settings, unsubscribe_key to samsyn_sealer;
grant select, insert, delete on delivery to samsyn_sealer;
create policy seal on notification_settings to samsyn_sealer using (true) with check (true);
create policy seal on unsubscribe_key to samsyn_sealer using (true) with check (true);
create policy seal on delivery to samsyn_sealer using (true) with check (true);

grant create on schema public to samsyn_sealer;
do $$
declare signature regprocedure;
begin
  foreach signature in array array['notifications_make(jsonb, "NotificationChannel"[])', 'letter_receiver(uuid)',
    'notification_settings_add(uuid)', 'notification_settings_opened()', 'letters_taken_away()']::regprocedure[] loop
    execute format('alter function %s owner to samsyn_sealer', signature);
    execute format('revoke execute on function %s from public', signature);
  end loop;
  foreach signature in array array['notifications_make(jsonb, "NotificationChannel"[])', 'letter_receiver(uuid)']::regprocedure[] loop
    execute format('grant execute on function %s to samsyn_app', signature);
  end loop;
end $$;
revoke create on schema public from samsyn_sealer;

-- That a day has passed is another thing to be told than that it comes: once each.
-- DropIndex
DROP INDEX "notification_member_id_task_id_due_on_key";

-- CreateIndex
CREATE UNIQUE INDEX "notification_member_id_task_id_due_on_reason_key" ON "notification"("member_id", "task_id", "due_on", "reason");

-- Whoever is told of days that come close is told of those that have passed, in the same places.
update notification_settings set mailed = mailed || 'OVERDUE'::"NotificationReason" where 'DUE' = any (mailed);
update notification_settings set pushed = pushed || 'OVERDUE'::"NotificationReason" where 'DUE' = any (pushed);
insert into mute (id, member_id, reason) select gen_random_uuid(), member_id, 'OVERDUE' from mute where reason = 'DUE';
create or replace function notification_settings_add(seat uuid) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into notification_settings (id, member_id, mailed, pushed, time_zone, locale)
    select gen_random_uuid(), member.id, told, told, collaboration.time_zone, case when person.locale = 'en' then 'en' else 'sv' end
    from member join collaboration on collaboration.id = member.collaboration_id join person on person.id = member.person_id
    cross join (values (array['ASSIGNED', 'MENTIONED', 'SHARED', 'PROPOSED', 'TO_SIGN', 'DUE', 'OVERDUE']::"NotificationReason"[])) as usual(told)
    where member.id = seat;
  insert into unsubscribe_key (member_id, key)
    values (seat, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
$$;

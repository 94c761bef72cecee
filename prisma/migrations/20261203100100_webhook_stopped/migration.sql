-- That a webhook has stopped asks something of whoever looks after it: whoever is mailed or pushed anything is told of it there too. Whoever has
-- said that nothing is to be sent is sent nothing.
update notification_settings set mailed = mailed || 'WEBHOOK_STOPPED'::"NotificationReason" where mailed <> '{}';
update notification_settings set pushed = pushed || 'WEBHOOK_STOPPED'::"NotificationReason" where pushed <> '{}';
create or replace function notification_settings_add(seat uuid) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into notification_settings (id, member_id, mailed, pushed, time_zone, locale)
    select gen_random_uuid(), member.id, told, told, collaboration.time_zone, case when person.locale = 'en' then 'en' else 'sv' end
    from member join collaboration on collaboration.id = member.collaboration_id join person on person.id = member.person_id
    cross join (values (array['ASSIGNED', 'MENTIONED', 'SHARED', 'PROPOSED', 'TO_SIGN', 'DUE', 'OVERDUE', 'WEBHOOK_STOPPED']::"NotificationReason"[])) as usual(told)
    where member.id = seat;
  insert into unsubscribe_key (member_id, key)
    values (seat, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
$$;

-- As before, and a webhook that the party may still read is a thing to be told of again.
create or replace function notifications_wake(most int) returns int language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  asleep notification;
  moment timestamptz := date_trunc('milliseconds', clock_timestamp());
  known boolean;
  total int := 0;
begin
  for asleep in
    select notification.* from notification
      join member on member.id = notification.member_id and member.party_id = viewer() and member.removed_at is null
      where snoozed_until <= moment order by notification.id limit most for update of notification skip locked
  loop
    select (entry.id is null or viewer() = any (entry.readers)) and (comment.id is null or comment.withdrawn_at is null)
        and viewer() = any (coalesce(comment.readers, version.readers, task.readers, clause.readers, proposal.readers, webhook.readers))
      into known
      from (values (1)) as one
      left join journal_entry entry on entry.id = asleep.entry_id
      left join comment on comment.id = asleep.subject_id
      left join agreement_version version on version.id = asleep.subject_id
      left join webhook on webhook.id = asleep.subject_id
      left join task on task.id = asleep.task_id
      left join clause on clause.id = asleep.clause_id
      left join proposal on proposal.id = asleep.proposal_id;
    if known then
      update notification set version = version + 1, snoozed_until = null, read_at = null, at = moment where id = asleep.id;
    else
      update notification set version = version + 1, snoozed_until = null, read_at = coalesce(read_at, moment), done_at = moment
        where id = asleep.id;
    end if;
    insert into journal_intent (kind, collaboration_id, party_id, subject_type, subject_id, subject_version, changes, former_readers)
      values (case when known then 'notification.woken' else 'notification.handled' end, asleep.collaboration_id, viewer(), 'Notification',
        asleep.id, asleep.version + 1, jsonb_build_object('snoozedUntil', jsonb_build_object(
          'from', to_char(asleep.snoozed_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'to', null)), '{}');
    total := total + 1;
  end loop;
  return total;
end $$;

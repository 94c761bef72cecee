-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "snoozed_until" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "notification_snoozed_until_idx" ON "notification"("snoozed_until");

-- It is in one place: the inbox, put away until later, or done with.
alter table notification add check (snoozed_until is null or done_at is null);

-- Brings back, as new, what members of the viewer's party have put away until now; what has gone out of reach meanwhile, or was taken back,
-- is done with instead. At most so many at a time, and what another server has in hand is left to it. Answers with how many there were.
create function notifications_wake(most int) returns int language plpgsql security definer
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
        and viewer() = any (coalesce(comment.readers, version.readers, task.readers, clause.readers, proposal.readers))
      into known
      from (values (1)) as one
      left join journal_entry entry on entry.id = asleep.entry_id
      left join comment on comment.id = asleep.subject_id
      left join agreement_version version on version.id = asleep.subject_id
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

grant update (snoozed_until) on notification to samsyn_app;
grant update (at, read_at, done_at, snoozed_until, version) on notification to samsyn_sealer;

grant create on schema public to samsyn_sealer;
alter function notifications_wake(int) owner to samsyn_sealer;
revoke execute on function notifications_wake(int) from public;
grant execute on function notifications_wake(int) to samsyn_app;
revoke create on schema public from samsyn_sealer;

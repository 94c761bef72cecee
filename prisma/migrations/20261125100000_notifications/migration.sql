-- CreateEnum
CREATE TYPE "NotificationReason" AS ENUM ('ASSIGNED', 'MENTIONED', 'PARTY_MENTIONED', 'SHARED', 'COMMENT', 'PROPOSED', 'ANSWERED', 'DECIDED', 'TO_SIGN', 'SIGNED', 'IN_FORCE', 'DUE');

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "reason" "NotificationReason" NOT NULL,
    "entry_id" UUID,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "task_id" UUID,
    "clause_id" UUID,
    "proposal_id" UUID,
    "due_on" DATE,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mute" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "task_id" UUID,
    "clause_id" UUID,
    "proposal_id" UUID,
    "reason" "NotificationReason",
    "muted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "mute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox_cursor" (
    "stream_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "inbox_cursor_pkey" PRIMARY KEY ("stream_id")
);

-- CreateIndex
CREATE INDEX "notification_member_id_at_id_idx" ON "notification"("member_id", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_member_id_entry_id_key" ON "notification"("member_id", "entry_id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_member_id_task_id_due_on_key" ON "notification"("member_id", "task_id", "due_on");

-- CreateIndex
CREATE UNIQUE INDEX "mute_member_id_task_id_key" ON "mute"("member_id", "task_id");

-- CreateIndex
CREATE UNIQUE INDEX "mute_member_id_clause_id_key" ON "mute"("member_id", "clause_id");

-- CreateIndex
CREATE UNIQUE INDEX "mute_member_id_proposal_id_key" ON "mute"("member_id", "proposal_id");

-- CreateIndex
CREATE UNIQUE INDEX "mute_member_id_reason_key" ON "mute"("member_id", "reason");

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "journal_entry"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_clause_id_fkey" FOREIGN KEY ("clause_id") REFERENCES "clause"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mute" ADD CONSTRAINT "mute_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mute" ADD CONSTRAINT "mute_clause_id_fkey" FOREIGN KEY ("clause_id") REFERENCES "clause"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mute" ADD CONSTRAINT "mute_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What is personal. `readers` of a personal row are the one member, whose id is also the name of the member's stream: so sealing
-- sends its entries there and nowhere else, by the same look-up as for everything.
create function personal_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.readers := array[new.member_id];
  return new;
end $$;
create trigger readers before insert on notification for each row execute function personal_readers();
create trigger readers before insert on mute for each row execute function personal_readers();

insert into journal_subject (type, table_name) values ('Notification', 'notification');

-- The reader begins where a new party's stream begins; what had happened before there was an inbox is told to nobody.
insert into inbox_cursor (stream_id, epoch, seq) select stream_id, epoch, seq from stream_head where stream_id in (select id from party);
create function inbox_opened() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into inbox_cursor (stream_id) values (new.id);
  return null;
end $$;
create trigger inbox after insert on party for each row execute function inbox_opened();

-- The parties whose streams have come further than the reader: all that the server may know, being nobody's viewer.
create function inbox_streams(behind_only boolean) returns table (party_id uuid, collaboration_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select party.id, party.collaboration_id from inbox_cursor
  join stream_head using (stream_id) join party on party.id = stream_id
  where party.left_at is null
    and (not behind_only or (inbox_cursor.epoch, inbox_cursor.seq) is distinct from (stream_head.epoch, stream_head.seq))
  order by party.id
$$;

-- Makes what the rules found, as far as each member holds a seat in the viewer's party, the party can read what it is about
-- now, and the member has not muted it. Once per member and entry, or per member, task and day: the second time is no time.
create function notifications_make(wanted jsonb) returns int language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  made notification;
  total int := 0;
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
    total := total + 1;
  end loop;
  return total;
end $$;

alter table notification enable row level security;
alter table mute enable row level security;
alter table inbox_cursor enable row level security;

-- The member's own, and nobody else's.
create policy read on notification for select to samsyn_app using ((select viewer_member()) = any (readers));
create policy change on notification for update to samsyn_app
  using ((select viewer_member()) = any (readers)) with check ((select viewer_member()) = any (readers));
create policy read on mute for select to samsyn_app using ((select viewer_member()) = any (readers));
create policy write on mute for insert to samsyn_app with check ((select viewer_member()) = any (readers));
create policy remove on mute for delete to samsyn_app using ((select viewer_member()) = any (readers));
create policy read on inbox_cursor for select to samsyn_app using (stream_id = (select viewer()));
create policy change on inbox_cursor for update to samsyn_app using (stream_id = (select viewer())) with check (stream_id = (select viewer()));

-- An entry of a personal thing is read by its member.
drop policy read on journal_entry;
create policy read on journal_entry for select to samsyn_app
  using ((select viewer()) = any (readers) or (select viewer_member()) = any (readers));

grant select, update (read_at, done_at, version) on notification to samsyn_app;
grant select, insert (id, member_id, task_id, clause_id, proposal_id, reason, readers), delete on mute to samsyn_app;
grant select, update (epoch, seq) on inbox_cursor to samsyn_app;

grant select, insert on notification to samsyn_sealer;
grant select on mute, inbox_cursor, clause to samsyn_sealer;
create policy seal on notification to samsyn_sealer using (true) with check (true);
create policy seal on mute for select to samsyn_sealer using (true);
create policy seal on inbox_cursor for select to samsyn_sealer using (true);
create policy seal on clause for select to samsyn_sealer using (true);

-- A mute is of one thing, either a thread or a reason; nothing belongs to two threads.
alter table mute add check (num_nonnulls(task_id, clause_id, proposal_id, reason) = 1);
alter table notification add check (num_nonnulls(task_id, clause_id, proposal_id) <= 1);
alter table notification add check ((entry_id is null) = (due_on is not null));

grant create on schema public to samsyn_sealer;
do $$
declare signature regprocedure;
begin
  foreach signature in array array['inbox_streams(boolean)', 'notifications_make(jsonb)']::regprocedure[] loop
    execute format('alter function %s owner to samsyn_sealer', signature);
    execute format('revoke execute on function %s from public', signature);
    execute format('grant execute on function %s to samsyn_app', signature);
  end loop;
end $$;
revoke create on schema public from samsyn_sealer;

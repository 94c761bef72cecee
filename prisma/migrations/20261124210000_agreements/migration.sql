-- CreateEnum
CREATE TYPE "VersionState" AS ENUM ('AWAITING_SIGNATURES', 'IN_FORCE', 'SUPERSEDED', 'LAPSED');

-- CreateEnum
CREATE TYPE "ProposalState" AS ENUM ('DRAFT', 'OPEN', 'INCORPORATED', 'REJECTED', 'WITHDRAWN', 'OVERTAKEN');

-- CreateEnum
CREATE TYPE "Position" AS ENUM ('YES', 'NO', 'ABSTAIN');

-- DropForeignKey
ALTER TABLE "comment" DROP CONSTRAINT "comment_task_id_fkey";

-- AlterTable
ALTER TABLE "comment" ADD COLUMN     "clause_id" UUID,
ALTER COLUMN "task_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "task" ADD COLUMN     "clause_id" UUID;

-- CreateTable
CREATE TABLE "agreement" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "provenance" TEXT,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "agreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clause" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "parent_id" UUID,
    "number" TEXT,
    "depth" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "heading" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "removed" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "clause_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agreement_version" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "proposal_id" UUID,
    "number" INTEGER NOT NULL,
    "state" "VersionState" NOT NULL DEFAULT 'AWAITING_SIGNATURES',
    "title" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "in_force_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "agreement_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "version_clause" (
    "version_id" UUID NOT NULL,
    "clause_id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "parent_id" UUID,
    "number" TEXT NOT NULL,
    "depth" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "heading" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "version_clause_pkey" PRIMARY KEY ("version_id","clause_id")
);

-- CreateTable
CREATE TABLE "signature" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "signature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "proposal" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "base_id" UUID,
    "state" "ProposalState" NOT NULL DEFAULT 'DRAFT',
    "audience" "Audience" NOT NULL DEFAULT 'OWN',
    "title" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "changes" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "opened_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "proposal_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "position" "Position" NOT NULL,
    "reason" TEXT,
    "answered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "answer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "agreement_collaboration_id_key" ON "agreement"("collaboration_id");

-- CreateIndex
CREATE INDEX "clause_agreement_id_position_idx" ON "clause"("agreement_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "agreement_version_proposal_id_key" ON "agreement_version"("proposal_id");

-- CreateIndex
CREATE UNIQUE INDEX "agreement_version_agreement_id_number_key" ON "agreement_version"("agreement_id", "number");

-- CreateIndex
CREATE INDEX "version_clause_clause_id_idx" ON "version_clause"("clause_id");

-- CreateIndex
CREATE UNIQUE INDEX "signature_version_id_party_id_key" ON "signature"("version_id", "party_id");

-- CreateIndex
CREATE INDEX "proposal_agreement_id_opened_at_idx" ON "proposal"("agreement_id", "opened_at");

-- CreateIndex
CREATE UNIQUE INDEX "answer_proposal_id_party_id_key" ON "answer"("proposal_id", "party_id");

-- CreateIndex
CREATE INDEX "comment_clause_id_written_at_idx" ON "comment"("clause_id", "written_at");

-- CreateIndex
CREATE INDEX "task_clause_id_idx" ON "task"("clause_id");

-- AddForeignKey
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_collaboration_id_fkey" FOREIGN KEY ("collaboration_id") REFERENCES "collaboration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clause" ADD CONSTRAINT "clause_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_version" ADD CONSTRAINT "agreement_version_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_version" ADD CONSTRAINT "agreement_version_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "version_clause" ADD CONSTRAINT "version_clause_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "agreement_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "version_clause" ADD CONSTRAINT "version_clause_clause_id_fkey" FOREIGN KEY ("clause_id") REFERENCES "clause"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signature" ADD CONSTRAINT "signature_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "agreement_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signature" ADD CONSTRAINT "signature_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "signature" ADD CONSTRAINT "signature_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_base_id_fkey" FOREIGN KEY ("base_id") REFERENCES "agreement_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_proposal_id_fkey" FOREIGN KEY ("proposal_id") REFERENCES "proposal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_clause_id_fkey" FOREIGN KEY ("clause_id") REFERENCES "clause"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_clause_id_fkey" FOREIGN KEY ("clause_id") REFERENCES "clause"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- By hand from here. What is joint of the agreement is read by signatories and associates; a draft of a proposal by its
-- own party. Versions, their clauses and signatures are written once: the grants give the application no way to change
-- them, and triggers refuse it to everybody.

create function joint_of_agreement(collaboration uuid) returns uuid[] language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select readers_of(collaboration, null, 'JOINT', '{}')
$$;
create function agreement_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.readers := joint_of_agreement(new.collaboration_id);
  return new;
end $$;
create trigger readers before insert on agreement for each row execute function agreement_readers();
create trigger readers before insert on clause for each row execute function agreement_readers();
create trigger readers before insert on agreement_version for each row execute function agreement_readers();
create trigger readers before insert on version_clause for each row execute function agreement_readers();
create trigger readers before insert on signature for each row execute function agreement_readers();

create function proposal_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.readers := readers_of(new.collaboration_id, new.party_id, new.audience, '{}');
  return new;
end $$;
create trigger readers before insert or update of audience on proposal for each row execute function proposal_readers();

create function answer_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.readers := (select readers from proposal where id = new.proposal_id);
  return new;
end $$;
create trigger readers before insert on answer for each row execute function answer_readers();

create or replace function comment_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.readers := case
    when new.audience = 'OWN' then array[new.party_id]
    when new.clause_id is not null then (select readers from clause where id = new.clause_id)
    else (select readers from task where id = new.task_id) end;
  return new;
end $$;

-- A party is admitted: the agreement and all that is joint of it has one reader more.
create function agreement_admitted() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare joint uuid[] := joint_of_agreement(new.collaboration_id);
begin
  update agreement set readers = joint where collaboration_id = new.collaboration_id;
  update clause set readers = joint where collaboration_id = new.collaboration_id;
  update agreement_version set readers = joint where collaboration_id = new.collaboration_id;
  update version_clause set readers = joint where collaboration_id = new.collaboration_id;
  update signature set readers = joint where collaboration_id = new.collaboration_id;
  update proposal set audience = audience where collaboration_id = new.collaboration_id and audience = 'JOINT';
  update answer set readers = joint where collaboration_id = new.collaboration_id;
  return null;
end $$;
create trigger agreement after insert on party for each row execute function agreement_admitted();

-- Every collaboration has an agreement from its opening, at first without a version.
create function agreement_begun() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into agreement (id, collaboration_id, title) values (gen_random_uuid(), new.id, left(new.name, 200));
  return null;
end $$;
create trigger agreement after insert on collaboration for each row execute function agreement_begun();
insert into agreement (id, collaboration_id, title) select gen_random_uuid(), id, left(name, 200) from collaboration;

-- Only the named columns ever change; nothing is taken away.
create function written_once() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' or to_jsonb(new) - tg_argv is distinct from to_jsonb(old) - tg_argv then
    raise exception '% is written once', tg_table_name;
  end if;
  return new;
end $$;
create trigger once before update or delete on agreement_version for each row
  execute function written_once('readers', 'version', 'state', 'in_force_at', 'ended_at');
create trigger once before update or delete on version_clause for each row execute function written_once('readers');
create trigger once before update or delete on signature for each row execute function written_once('readers');
-- What has been put before the others is what they answer.
create trigger once before update on proposal for each row when (old.audience = 'JOINT')
  execute function written_once('readers', 'version', 'state', 'opened_at', 'decided_at');

-- A signature is on exactly the text that awaits it, an answer to what is open, whatever the application forgets.
create function signature_fits() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from agreement_version
      where id = new.version_id and hash = new.hash and collaboration_id = new.collaboration_id and state = 'AWAITING_SIGNATURES') then
    raise exception 'that text awaits no signature';
  end if;
  return new;
end $$;
create trigger fits before insert on signature for each row execute function signature_fits();
create function answer_fits() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from proposal where id = new.proposal_id and collaboration_id = new.collaboration_id and state = 'OPEN') then
    raise exception 'the proposal is not open';
  end if;
  return new;
end $$;
create trigger fits before insert or update of position, reason, member_id on answer for each row execute function answer_fits();

create unique index version_one_in_force on agreement_version (agreement_id) where state = 'IN_FORCE';
create unique index version_one_awaiting on agreement_version (agreement_id) where state = 'AWAITING_SIGNATURES';

-- Times are the database's.
create function version_stamps() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare instant timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
  if old.state <> 'IN_FORCE' and new.state = 'IN_FORCE' then new.in_force_at := instant; end if;
  if old.ended_at is null and new.state in ('SUPERSEDED', 'LAPSED') then new.ended_at := instant; end if;
  return new;
end $$;
create trigger stamps before update on agreement_version for each row
  when (not pg_has_role(current_user, 'pg_database_owner', 'MEMBER')) execute function version_stamps();
create function proposal_stamps() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare instant timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
  if old.state = 'DRAFT' and new.state = 'OPEN' then new.opened_at := instant; end if;
  if old.decided_at is null and new.state not in ('DRAFT', 'OPEN') then new.decided_at := instant; end if;
  return new;
end $$;
create trigger stamps before update on proposal for each row
  when (not pg_has_role(current_user, 'pg_database_owner', 'MEMBER')) execute function proposal_stamps();
create function answer_stamps() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.answered_at := date_trunc('milliseconds', clock_timestamp());
  return new;
end $$;
create trigger stamps before update of position, reason, member_id on answer for each row
  when (not pg_has_role(current_user, 'pg_database_owner', 'MEMBER')) execute function answer_stamps();

alter table agreement enable row level security;
alter table clause enable row level security;
alter table agreement_version enable row level security;
alter table version_clause enable row level security;
alter table signature enable row level security;
alter table proposal enable row level security;
alter table answer enable row level security;

create policy read on agreement for select to samsyn_app using ((select viewer()) = any (readers));
create policy change on agreement for update to samsyn_app
  using ((select viewer()) = any (readers)) with check ((select viewer()) = any (readers));
create policy read on clause for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on clause for insert to samsyn_app with check ((select viewer()) = any (readers));
create policy change on clause for update to samsyn_app
  using ((select viewer()) = any (readers)) with check ((select viewer()) = any (readers));
create policy read on agreement_version for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on agreement_version for insert to samsyn_app with check ((select viewer()) = any (readers));
create policy change on agreement_version for update to samsyn_app
  using ((select viewer()) = any (readers)) with check ((select viewer()) = any (readers));
create policy read on version_clause for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on version_clause for insert to samsyn_app with check ((select viewer()) = any (readers));
create policy read on signature for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on signature for insert to samsyn_app with check (party_id = (select viewer()) and (select viewer()) = any (readers));
create policy read on proposal for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on proposal for insert to samsyn_app with check (party_id = (select viewer()) and (select viewer()) = any (readers));
create policy change on proposal for update to samsyn_app
  using ((select viewer()) = any (readers)) with check ((select viewer()) = any (readers));
create policy read on answer for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on answer for insert to samsyn_app with check (party_id = (select viewer()) and (select viewer()) = any (readers));
create policy change on answer for update to samsyn_app using (party_id = (select viewer())) with check (party_id = (select viewer()));

grant select on agreement, clause, agreement_version, version_clause, signature, proposal, answer to samsyn_app;
grant update (version) on agreement to samsyn_app;
grant insert (id, collaboration_id, agreement_id, parent_id, number, depth, position, heading, text, removed, version, readers),
  update (parent_id, number, depth, position, heading, text, removed, version) on clause to samsyn_app;
grant insert (id, collaboration_id, agreement_id, proposal_id, number, state, title, hash, version, readers),
  update (state, version) on agreement_version to samsyn_app;
grant insert (version_id, clause_id, collaboration_id, parent_id, number, depth, position, heading, text, readers) on version_clause to samsyn_app;
grant insert (id, collaboration_id, version_id, party_id, member_id, hash, readers) on signature to samsyn_app;
grant insert (id, collaboration_id, agreement_id, party_id, author_id, base_id, state, audience, title, reason, changes, version, readers),
  update (base_id, state, audience, title, reason, changes, version) on proposal to samsyn_app;
grant insert (id, collaboration_id, proposal_id, party_id, member_id, position, reason, readers),
  update (member_id, position, reason) on answer to samsyn_app;
grant insert (clause_id), update (clause_id) on task to samsyn_app;
grant insert (clause_id) on comment to samsyn_app;

-- Bounds that hold whatever the application forgets. Lengths in characters.
alter table agreement add check (length(title) between 1 and 200), add check (length(provenance) <= 10000);
alter table clause add check (length(heading) between 1 and 200), add check (length(text) <= 20000), add check (depth between 0 and 4);
alter table version_clause add check (length(heading) between 1 and 200), add check (length(text) <= 20000), add check (depth between 0 and 4);
alter table agreement_version add check (number >= 1), add check (hash ~ '^[0-9a-f]{64}$');
alter table proposal add check (length(title) between 1 and 200), add check (length(reason) <= 10000),
  add check (jsonb_array_length(changes) <= 200), add check ((audience = 'OWN') = (opened_at is null));
alter table answer add check (length(reason) <= 10000), add check (position <> 'NO' or length(reason) > 0);
alter table comment add check (num_nonnulls(task_id, clause_id) = 1);

insert into journal_subject (type, table_name) values ('Proposal', 'proposal'), ('AgreementVersion', 'agreement_version');
grant select on proposal, agreement_version to samsyn_sealer;
create policy seal on proposal for select to samsyn_sealer using (true);
create policy seal on agreement_version for select to samsyn_sealer using (true);

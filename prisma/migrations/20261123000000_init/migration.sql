-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "CommentAudience" AS ENUM ('AS_PARENT', 'OWN');

-- CreateEnum
CREATE TYPE "MemberRole" AS ENUM ('COORDINATOR', 'CONTRIBUTOR', 'OBSERVER', 'ADMIN');

-- CreateEnum
CREATE TYPE "MandateKind" AS ENUM ('SIGN', 'VOTE');

-- CreateEnum
CREATE TYPE "OrganisationKind" AS ENUM ('MUNICIPALITY', 'POLICE', 'REGION', 'BUSINESS');

-- CreateEnum
CREATE TYPE "PartyRole" AS ENUM ('SIGNATORY', 'ASSOCIATE', 'GUEST');

-- CreateEnum
CREATE TYPE "Audience" AS ENUM ('OWN', 'SHARED', 'JOINT');

-- CreateEnum
CREATE TYPE "TaskState" AS ENUM ('GIVEN', 'ONGOING', 'DELIVERED', 'APPROVED');

-- CreateTable
CREATE TABLE "comment" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "audience" "CommentAudience" NOT NULL,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],
    "text" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "edited_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'sv',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "roles" "MemberRole"[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "invited_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "joined_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mandate" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "kind" "MandateKind" NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "mandate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credential" (
    "person_id" UUID NOT NULL,
    "password_hash" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "credential_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "invitation" (
    "token_hash" BYTEA NOT NULL,
    "member_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "sign_in_failure" (
    "subject" BYTEA NOT NULL,
    "count" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_failure_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "stream_head" (
    "stream_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL DEFAULT 0,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "stream_head_pkey" PRIMARY KEY ("stream_id")
);

-- CreateTable
CREATE TABLE "journal_intent" (
    "id" BIGSERIAL NOT NULL,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "kind" TEXT NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "actor_id" UUID,
    "party_id" UUID,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "subject_version" INTEGER NOT NULL,
    "changes" JSONB NOT NULL,
    "former_readers" UUID[],
    "streams" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "journal_intent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal_subject" (
    "type" TEXT NOT NULL,
    "table_name" TEXT NOT NULL,

    CONSTRAINT "journal_subject_pkey" PRIMARY KEY ("type")
);

-- CreateTable
CREATE TABLE "journal_entry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "actor_id" UUID,
    "party_id" UUID,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "subject_version" INTEGER NOT NULL,
    "changes" JSONB NOT NULL,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "journal_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stream_entry" (
    "stream_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "entry_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "stream_entry_pkey" PRIMARY KEY ("stream_id","seq")
);

-- CreateTable
CREATE TABLE "commitment" (
    "hash" TEXT NOT NULL,
    "entry_id" UUID NOT NULL,
    "salt" BYTEA NOT NULL,
    "value" TEXT,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "commitment_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "idempotency_record" (
    "member_id" UUID NOT NULL,
    "key" UUID NOT NULL,
    "input_hash" BYTEA NOT NULL,
    "subject_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "idempotency_record_pkey" PRIMARY KEY ("member_id","key")
);

-- CreateTable
CREATE TABLE "collaboration" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "collaboration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "OrganisationKind" NOT NULL,
    "municipality_code" TEXT,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "mark" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "role" "PartyRole" NOT NULL,
    "admitted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "left_at" TIMESTAMPTZ(3),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "party_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "demo" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "collaboration_id" UUID NOT NULL,
    "seeded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "demo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "created_by_id" UUID NOT NULL,
    "audience" "Audience" NOT NULL DEFAULT 'OWN',
    "shared_with" UUID[] DEFAULT ARRAY[]::UUID[],
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "state" "TaskState" NOT NULL DEFAULT 'GIVEN',
    "position" TEXT NOT NULL,
    "due_on" DATE,
    "responsible" UUID[] DEFAULT ARRAY[]::UUID[],
    "assignees" UUID[] DEFAULT ARRAY[]::UUID[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "comment_task_id_written_at_idx" ON "comment"("task_id", "written_at");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE INDEX "member_party_id_idx" ON "member"("party_id");

-- CreateIndex
CREATE INDEX "member_collaboration_id_person_id_idx" ON "member"("collaboration_id", "person_id");

-- CreateIndex
CREATE INDEX "mandate_member_id_idx" ON "mandate"("member_id");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE INDEX "invitation_member_id_idx" ON "invitation"("member_id");

-- CreateIndex
CREATE INDEX "journal_entry_subject_id_at_idx" ON "journal_entry"("subject_id", "at");

-- CreateIndex
CREATE INDEX "stream_entry_entry_id_idx" ON "stream_entry"("entry_id");

-- CreateIndex
CREATE INDEX "commitment_entry_id_idx" ON "commitment"("entry_id");

-- CreateIndex
CREATE UNIQUE INDEX "collaboration_slug_key" ON "collaboration"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "organisation_municipality_code_key" ON "organisation"("municipality_code");

-- CreateIndex
CREATE UNIQUE INDEX "party_collaboration_id_ordinal_key" ON "party"("collaboration_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "party_collaboration_id_organisation_id_key" ON "party"("collaboration_id", "organisation_id");

-- CreateIndex
CREATE INDEX "task_collaboration_id_state_position_idx" ON "task"("collaboration_id", "state", "position");

-- CreateIndex
CREATE INDEX "task_responsible" ON "task" USING GIN ("responsible");

-- CreateIndex
CREATE INDEX "task_assignees" ON "task" USING GIN ("assignees");

-- CreateIndex
CREATE INDEX "task_collaboration_id_due_on_idx" ON "task"("collaboration_id", "due_on");

-- CreateIndex
CREATE INDEX "task_collaboration_id_updated_at_idx" ON "task"("collaboration_id", "updated_at");

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_collaboration_id_fkey" FOREIGN KEY ("collaboration_id") REFERENCES "collaboration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mandate" ADD CONSTRAINT "mandate_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stream_entry" ADD CONSTRAINT "stream_entry_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "journal_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "journal_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "party" ADD CONSTRAINT "party_collaboration_id_fkey" FOREIGN KEY ("collaboration_id") REFERENCES "collaboration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "party" ADD CONSTRAINT "party_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_collaboration_id_fkey" FOREIGN KEY ("collaboration_id") REFERENCES "collaboration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- For how many months the journal is kept here; null: for ever. The operator's to set, and every party's to know.
ALTER TABLE "collaboration" ADD COLUMN "journal_months" INTEGER;
alter table collaboration add check (journal_months between 3 and 1200);

-- CreateTable
CREATE TABLE "journal_archive" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "stream_id" UUID NOT NULL,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "entries" TEXT NOT NULL,
    "archived_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "journal_archive_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "archived_thread" (
    "stream_id" UUID NOT NULL,
    "thread_id" UUID NOT NULL,
    "assignees" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "archived_thread_pkey" PRIMARY KEY ("stream_id","thread_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "journal_archive_stream_id_first_key" ON "journal_archive"("stream_id", "first");

-- CreateIndex
CREATE INDEX "notification_entry_id_idx" ON "notification"("entry_id");

-- What somebody was told of stays in the inbox when its entry is archived, and names none then.
alter table notification drop constraint notification_check1;
alter table notification add constraint notification_check1 check (entry_id is null or due_on is null);

-- Takes a stream's entries up to a place out of the journal, when they stand in a file that was read back and holds (`file` is its
-- SHA-256), and leaves where the chain begins now. Only the owner may call it, and it is the one way for an entry to leave. What it will
-- not do, whoever asks: end anywhere but at a signed head, skip a place, or take what one of the party's own readers has yet to read.
-- An entry that was told to several parties stays until it has left the streams of all.
create function journal_archive_take(stream uuid, upto bigint, told bytea, file text) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  opened text := coalesce(current_setting('app.journal_opened', true), '');
  begun bigint := coalesce((select max(last) from journal_archive where stream_id = stream), 0);
  gone uuid[] := array(select entry_id from stream_entry where stream_id = stream and seq <= upto order by seq);
  ends timestamptz;
begin
  select entry.at into ends from stream_entry place join journal_entry entry on entry.id = place.entry_id
    where place.stream_id = stream and place.seq = upto and place.hash = told;
  if ends is null or not exists (select from signed_head where stream_id = stream and seq = upto and hash = told) then
    raise exception 'only what a signed head ends is archived' using errcode = 'integrity_constraint_violation';
  end if;
  if cardinality(gone) <> upto - begun then
    raise exception 'what is archived has no holes' using errcode = 'integrity_constraint_violation';
  end if;
  if exists (select from party join inbox_cursor on stream_id = party.id where party.id = stream and left_at is null and seq < upto)
    or exists (select from webhook join party on party.id = party_id join stream_head head on head.stream_id = party_id
      where party_id = stream and left_at is null and state <> 'REMOVED' and webhook.epoch = head.epoch
        and least(webhook.seq, replay_seq) < upto) then
    raise exception 'what a reader has yet to read is not archived' using errcode = 'integrity_constraint_violation';
  end if;

  insert into journal_archive (stream_id, first, last, hash, until, entries, readers)
    values (stream, begun + 1, upto, told, ends, file, array[stream]);

  -- What the inbox's rules ask of earlier entries: whether the party knew of the thread, and who did it last.
  insert into archived_thread (stream_id, thread_id, assignees)
    select stream, entry.subject_id, coalesce((
        array_agg(array(select jsonb_array_elements_text(entry.changes #> '{assignees,to}'))::uuid[]::text order by place.seq desc)
          filter (where entry.changes ? 'assignees'))[1]::uuid[], '{}')
    from stream_entry place join journal_entry entry on entry.id = place.entry_id
    where place.stream_id = stream and place.seq <= upto
      and entry.kind in ('task.created', 'task.assigned', 'task.shared', 'proposal.drafted', 'proposal.opened')
    group by entry.subject_id
  on conflict (stream_id, thread_id) do update set assignees = excluded.assignees
    where exists (select from stream_entry place join journal_entry entry on entry.id = place.entry_id
      where place.stream_id = stream and place.seq <= upto and entry.subject_id = excluded.thread_id and entry.changes ? 'assignees'
        and entry.kind in ('task.created', 'task.assigned'));

  perform set_config('app.journal_opened', 'on', true);
  delete from stream_entry where stream_id = stream and seq <= upto;
  delete from commitment using unnest(gone) as one(id) where commitment.entry_id = one.id
    and not exists (select from stream_entry place where place.entry_id = one.id);
  delete from journal_entry using unnest(gone) as one(id) where journal_entry.id = one.id
    and not exists (select from stream_entry place where place.entry_id = one.id);
  perform set_config('app.journal_opened', opened, true);
  return cardinality(gone);
end $$;
revoke execute on function journal_archive_take(uuid, bigint, bytea, text) from public;

create trigger stands before update or delete or truncate on journal_archive execute function journal_stands();

alter table journal_archive enable row level security;
alter table archived_thread enable row level security;
create policy read on journal_archive for select to samsyn_app using ((select viewer()) = any (readers));
create policy read on archived_thread for select to samsyn_app using (stream_id = (select viewer()));
grant select on journal_archive, archived_thread to samsyn_app;

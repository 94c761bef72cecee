-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "stored_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp() + interval '24 hours',
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "task_id" UUID,
    "comment_id" UUID,
    "agreement_version_id" UUID,
    "party_id" UUID NOT NULL,
    "attached_by_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "object" UUID,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "attached_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "file_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "upload_member_id_idx" ON "upload"("member_id");

-- CreateIndex
CREATE INDEX "upload_expires_at_idx" ON "upload"("expires_at");

-- CreateIndex
CREATE INDEX "file_task_id_idx" ON "file"("task_id");

-- CreateIndex
CREATE INDEX "file_comment_id_idx" ON "file"("comment_id");

-- CreateIndex
CREATE INDEX "file_agreement_version_id_idx" ON "file"("agreement_version_id");

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_collaboration_id_fkey" FOREIGN KEY ("collaboration_id") REFERENCES "collaboration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_agreement_version_id_fkey" FOREIGN KEY ("agreement_version_id") REFERENCES "agreement_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file" ADD CONSTRAINT "file_attached_by_id_fkey" FOREIGN KEY ("attached_by_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand from here. A file is read by those who read what it is attached to, for as long as it is there: when a task is
-- shared its files go along, as its description does. What was removed before stays with those who could read it then.

create function upload_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.readers := array[new.party_id];
  return new;
end $$;
create trigger readers before insert or update of party_id on upload for each row execute function upload_readers();

-- The parent is held while its readers are copied, so that nobody shares it in between.
create function file_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.task_id is not null then select readers into new.readers from task where id = new.task_id for share;
  elsif new.comment_id is not null then select readers into new.readers from comment where id = new.comment_id for share;
  else select readers into new.readers from agreement_version where id = new.agreement_version_id for share; end if;
  return new;
end $$;
create trigger readers before insert on file for each row execute function file_readers();

create function file_follows() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update file set readers = new.readers
    where case tg_table_name when 'task' then task_id when 'comment' then comment_id else agreement_version_id end = new.id
      and removed_at is null;
  return null;
end $$;
create trigger files after update on task for each row
  when (old.readers is distinct from new.readers) execute function file_follows();
create trigger files after update on comment for each row
  when (old.readers is distinct from new.readers) execute function file_follows();
create trigger files after update on agreement_version for each row
  when (old.readers is distinct from new.readers) execute function file_follows();

-- The application attaches only what its member has sent in, as it was found to be, and once: the upload becomes the file.
create function file_of_upload() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from upload where id = new.object and member_id = viewer_member() and stored_at is not null and expires_at > now()
    returning name, media_type, size, hash into new.name, new.media_type, new.size, new.hash;
  if not found then raise exception 'there is no such upload'; end if;
  return new;
end $$;
create trigger of_upload before insert on file for each row
  when (not pg_has_role(current_user, 'pg_database_owner', 'MEMBER')) execute function file_of_upload();

-- Times are the database's, and what is removed stays so.
create function file_stamps() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.removed_at is not null then new.removed_at := old.removed_at;
  elsif new.removed_at is not null then new.removed_at := date_trunc('milliseconds', clock_timestamp()); end if;
  return new;
end $$;
create trigger stamps before update of removed_at on file for each row
  when (not pg_has_role(current_user, 'pg_database_owner', 'MEMBER')) execute function file_stamps();
create function upload_stamps() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.stored_at := date_trunc('milliseconds', clock_timestamp());
  return new;
end $$;
create trigger stamps before update of stored_at on upload for each row
  when (not pg_has_role(current_user, 'pg_database_owner', 'MEMBER')) execute function upload_stamps();

-- Bounds that hold whatever the application forgets.
alter table upload add check (length(name) between 1 and 200), add check (size > 0), add check (hash ~ '^[0-9a-f]{64}$');
alter table file add check (num_nonnulls(task_id, comment_id, agreement_version_id) = 1), add check (size > 0),
  add check (hash ~ '^[0-9a-f]{64}$'), add check (length(name) <= 200 and (length(name) > 0 or removed_at is not null)),
  add check (object is not null or removed_at is not null);

alter table upload enable row level security;
alter table file enable row level security;
create policy read on upload for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on upload for insert to samsyn_app
  with check (party_id = (select viewer()) and member_id = (select viewer_member()));
create policy change on upload for update to samsyn_app
  using (member_id = (select viewer_member())) with check (member_id = (select viewer_member()));
create policy remove on upload for delete to samsyn_app using (member_id = (select viewer_member()));
create policy seal on upload to samsyn_sealer using (true) with check (true);
create policy read on file for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on file for insert to samsyn_app with check (party_id = (select viewer()) and (select viewer()) = any (readers));
create policy change on file for update to samsyn_app using (party_id = (select viewer())) with check (party_id = (select viewer()));
create policy seal on file to samsyn_sealer using (true) with check (true);

grant select, insert (id, collaboration_id, party_id, member_id, name, media_type, size, hash, readers), update (stored_at), delete
  on upload to samsyn_app;
grant select, insert (id, collaboration_id, task_id, comment_id, agreement_version_id, party_id, attached_by_id, name, media_type, size,
    hash, object, version, readers),
  update (name, version, removed_at) on file to samsyn_app;
grant select, delete on upload to samsyn_sealer;
grant select, update (readers, object) on file to samsyn_sealer;

insert into journal_subject (type, table_name) values ('File', 'file');

-- What the store holds for nobody: uploads that came to nothing, and files that were removed. An upload expires an hour
-- before it is swept, so that none is swept while it is being attached.
create function objects_to_sweep(most int) returns table (object uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  (select id from upload where expires_at < now() - interval '1 hour' limit most)
  union all
  (select object from file where removed_at is not null and object is not null limit most)
$$;
create index file_removed on file (object) where removed_at is not null and object is not null;

-- Says that the store has let go of it.
create function object_swept(swept uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from upload where id = swept and expires_at < now() - interval '1 hour';
  update file set object = null where object = swept and removed_at is not null;
end $$;

grant create on schema public to samsyn_sealer;
do $$
declare signature regprocedure;
begin
  foreach signature in array array['file_follows()', 'objects_to_sweep(int)', 'object_swept(uuid)']::regprocedure[]
  loop
    execute format('alter function %s owner to samsyn_sealer', signature);
    execute format('revoke execute on function %s from public', signature);
  end loop;
end $$;
grant execute on function objects_to_sweep(int), object_swept(uuid) to samsyn_app;
revoke create on schema public from samsyn_sealer;

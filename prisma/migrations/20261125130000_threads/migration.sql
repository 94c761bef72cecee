-- A comment may answer another one on the same thing: one level, so that a talk stays a talk.
ALTER TABLE "comment" ADD COLUMN     "answers_id" UUID;

-- AddForeignKey
ALTER TABLE "comment" ADD CONSTRAINT "comment_answers_id_fkey" FOREIGN KEY ("answers_id") REFERENCES "comment"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

grant insert (answers_id) on comment to samsyn_app;

-- An answer is read by nobody who does not read what it answers. Whoever inserts sees only what its party may read, and the owner
-- is held to the same by the last line.
create or replace function comment_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare answered comment;
begin
  if new.answers_id is not null then
    select * into answered from comment where id = new.answers_id;
    if answered.id is null or answered.answers_id is not null or answered.collaboration_id <> new.collaboration_id
      or answered.task_id is distinct from new.task_id or answered.clause_id is distinct from new.clause_id then
      raise exception 'no comment there takes an answer';
    end if;
    if answered.audience = 'OWN' then new.audience := 'OWN'; end if;
  end if;
  new.readers := case
    when new.audience = 'OWN' then array[new.party_id]
    when new.answers_id is not null then answered.readers
    when new.clause_id is not null then (select readers from clause where id = new.clause_id)
    else (select readers from task where id = new.task_id) end;
  if new.answers_id is not null and not new.readers <@ answered.readers then
    raise exception 'an answer is for those who read what it answers';
  end if;
  return new;
end $$;

-- Withdrawing takes the words back, also those that the journal keeps: value and salt go, the commitment stays, and the chain verifies.
create function comment_erased() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update commitment set value = null, salt = '\x'
    where entry_id in (select id from journal_entry where subject_type = 'Comment' and subject_id = new.id);
  return null;
end $$;
grant update (value, salt) on commitment to samsyn_sealer;
grant create on schema public to samsyn_sealer;
alter function comment_erased() owner to samsyn_sealer;
revoke create on schema public from samsyn_sealer;
create trigger erased after update of withdrawn_at on comment for each row
  when (old.withdrawn_at is null and new.withdrawn_at is not null) execute function comment_erased();

-- Those withdrawn before today were promised the same.
update commitment set value = null, salt = '\x'
  from journal_entry entry join comment on comment.id = entry.subject_id
  where entry.subject_type = 'Comment' and comment.withdrawn_at is not null and commitment.entry_id = entry.id;

-- CreateTable
CREATE TABLE "visit" (
    "member_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3),
    "last" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "visit_pkey" PRIMARY KEY ("member_id")
);

-- CreateIndex
CREATE INDEX "journal_entry_collaboration_id_at_idx" ON "journal_entry"("collaboration_id", "at");

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A visit is personal: a member reads and writes the own row and no other, whatever the party.

-- When the member was here before now. After half an hour without a sign what comes is another visit, noted or not yet.
create function visit_before(seen visit) returns timestamptz language sql stable parallel safe
set search_path = pg_catalog, public, pg_temp as $$
  select case when seen.last < transaction_timestamp() - interval '30 minutes' then seen.last else seen.since end
$$;

-- Times are the database's: the application says that a member is here, not when.
create function visit_stamps() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.since := case tg_op when 'UPDATE' then visit_before(old) end;
  new.last := transaction_timestamp();
  return new;
end $$;
create trigger stamps before insert or update on visit for each row
  when (not pg_has_role(current_user, 'pg_database_owner', 'MEMBER')) execute function visit_stamps();

alter table visit enable row level security;
create policy read on visit for select to samsyn_app using (member_id = (select viewer_member()));
create policy write on visit for insert to samsyn_app with check (member_id = (select viewer_member()));
create policy change on visit for update to samsyn_app
  using (member_id = (select viewer_member())) with check (member_id = (select viewer_member()));
grant select, insert (member_id), update (last) on visit to samsyn_app;

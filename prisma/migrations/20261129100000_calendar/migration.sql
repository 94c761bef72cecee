-- CreateTable
CREATE TABLE "calendar_link" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "member_id" UUID,
    "name" TEXT NOT NULL,
    "made_by_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "calendar_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_secret" (
    "token_hash" BYTEA NOT NULL,
    "link_id" UUID NOT NULL,

    CONSTRAINT "calendar_secret_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "calendar_link_collaboration_id_party_id_idx" ON "calendar_link"("collaboration_id", "party_id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_secret_link_id_key" ON "calendar_secret"("link_id");

-- AddForeignKey
ALTER TABLE "calendar_link" ADD CONSTRAINT "calendar_link_collaboration_id_fkey" FOREIGN KEY ("collaboration_id") REFERENCES "collaboration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_link" ADD CONSTRAINT "calendar_link_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_link" ADD CONSTRAINT "calendar_link_made_by_id_fkey" FOREIGN KEY ("made_by_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A link is the own party's to see, so that it knows every way out of what it reads; no application role reads or writes what opens
-- it. That stands in calendar_secret, as SHA-256, behind two functions that answer one question each. Readers and the time of
-- revocation are kept as those of keys are, by the same functions.
create trigger readers before insert or update of party_id on calendar_link for each row execute function key_readers();
create trigger stamps before update on calendar_link for each row
  when (not pg_has_role(current_user, 'pg_database_owner', 'MEMBER')) execute function key_stamps();

alter table calendar_link add check (length(name) between 1 and 100);

alter table calendar_link enable row level security;
alter table calendar_secret enable row level security;
create policy read on calendar_link for select to samsyn_app using ((select viewer()) = any (readers));
-- Whoever makes one makes it for themselves or for the party, and for nobody else.
create policy write on calendar_link for insert to samsyn_app with check (party_id = (select viewer())
  and made_by_id = (select viewer_member()) and (member_id is null or member_id = (select viewer_member())));
create policy change on calendar_link for update to samsyn_app using (party_id = (select viewer())) with check (party_id = (select viewer()));
create policy seal on calendar_link to samsyn_sealer using (true) with check (true);
create policy seal on calendar_secret to samsyn_sealer using (true) with check (true);
grant select, insert (id, collaboration_id, party_id, member_id, name, made_by_id, version, readers), update (revoked_at, version)
  on calendar_link to samsyn_app;
grant select, update (last_used_at) on calendar_link to samsyn_sealer;
grant select, insert on calendar_secret to samsyn_sealer;

insert into journal_subject (type, table_name) values ('CalendarLink', 'calendar_link');

-- Gives a link that the viewer has made what opens it. Once: whoever was shown it is the only one who ever is.
create function calendar_seal(token bytea, sealed uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from calendar_link where id = sealed and party_id = viewer() and made_by_id = viewer_member())
  then raise exception 'not made by the viewer'; end if;
  insert into calendar_secret (token_hash, link_id) values (token, sealed);
end $$;

-- Whose calendar opens with the token, while it does. Unknown, revoked, of somebody removed or of a party that has left: one
-- answer, nothing. The last use moves forward at most once a minute, so that fetching costs no write.
create function calendar_viewer(token bytea)
returns table (link_id uuid, collaboration_id uuid, slug text, party_id uuid, member_id uuid)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare found calendar_link;
begin
  select link.* into found from calendar_secret secret join calendar_link link on link.id = secret.link_id
    join party on party.id = link.party_id and party.left_at is null
    left join member on member.id = link.member_id
    where secret.token_hash = token and link.revoked_at is null and member.removed_at is null;
  if found.id is null then return; end if;
  if found.last_used_at is null or found.last_used_at < now() - interval '1 minute' then
    update calendar_link set last_used_at = now() where id = found.id;
  end if;
  return query select found.id, collaboration.id, collaboration.slug, found.party_id, found.member_id
    from collaboration where collaboration.id = found.collaboration_id;
end $$;

grant create on schema public to samsyn_sealer;
do $$
declare signature regprocedure;
begin
  foreach signature in array array['calendar_seal(bytea, uuid)', 'calendar_viewer(bytea)']::regprocedure[]
  loop
    execute format('alter function %s owner to samsyn_sealer', signature);
    execute format('revoke execute on function %s from public', signature);
    execute format('grant execute on function %s to samsyn_app', signature);
  end loop;
end $$;
revoke create on schema public from samsyn_sealer;

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "made_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key_secret" (
    "token_hash" BYTEA NOT NULL,
    "key_id" UUID NOT NULL,

    CONSTRAINT "api_key_secret_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "api_key_collaboration_id_party_id_idx" ON "api_key"("collaboration_id", "party_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_secret_key_id_key" ON "api_key_secret"("key_id");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_collaboration_id_fkey" FOREIGN KEY ("collaboration_id") REFERENCES "collaboration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_made_by_id_fkey" FOREIGN KEY ("made_by_id") REFERENCES "member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A key is the own party's to see, and no application role reads or writes what opens it: that stands in api_key_secret, as
-- SHA-256, behind three functions that answer one question each.

create function key_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.readers := array[new.party_id];
  return new;
end $$;
create trigger readers before insert or update of party_id on api_key for each row execute function key_readers();

-- Times are the database's: the application says that a key was revoked, not when. Once revoked it stays so.
create function key_stamps() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.revoked_at is not null then new.revoked_at := old.revoked_at;
  elsif new.revoked_at is not null then new.revoked_at := date_trunc('milliseconds', clock_timestamp()); end if;
  return new;
end $$;
create trigger stamps before update on api_key for each row
  when (not pg_has_role(current_user, 'pg_database_owner', 'MEMBER')) execute function key_stamps();

alter table api_key add check (length(name) between 1 and 100),
  add check (expires_at > made_at and expires_at <= made_at + interval '8760 hours');

alter table api_key enable row level security;
alter table api_key_secret enable row level security;
create policy read on api_key for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on api_key for insert to samsyn_app with check (party_id = (select viewer()));
create policy change on api_key for update to samsyn_app using (party_id = (select viewer())) with check (party_id = (select viewer()));
create policy seal on api_key to samsyn_sealer using (true) with check (true);
create policy seal on api_key_secret to samsyn_sealer using (true) with check (true);
grant select, insert (id, collaboration_id, party_id, name, made_by_id, version, expires_at, readers), update (revoked_at, version)
  on api_key to samsyn_app;
grant select, update (last_used_at) on api_key to samsyn_sealer;
grant select, insert on api_key_secret to samsyn_sealer;

insert into journal_subject (type, table_name) values ('ApiKey', 'api_key');

-- Gives a key of the own party what opens it. Once: whoever was shown it is the only one who ever is.
create function key_seal(token bytea, sealed uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from api_key where id = sealed and party_id = viewer()) then raise exception 'not of the own party'; end if;
  insert into api_key_secret (token_hash, key_id) values (token, sealed);
end $$;

-- Whose key opens with the token, while it holds. Unknown, revoked and expired are one answer: nothing. The last use moves
-- forward at most once a minute, so that reading costs no write.
create function key_viewer(token bytea) returns table (key_id uuid, collaboration_id uuid, slug text, party_id uuid)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare found api_key;
begin
  select api_key.* into found from api_key_secret secret join api_key on api_key.id = secret.key_id
    join party on party.id = api_key.party_id and party.left_at is null
    where secret.token_hash = token and api_key.revoked_at is null and api_key.expires_at > now();
  if found.id is null then return; end if;
  if found.last_used_at is null or found.last_used_at < now() - interval '1 minute' then
    update api_key set last_used_at = now() where id = found.id;
  end if;
  return query select found.id, collaboration.id, collaboration.slug, found.party_id
    from collaboration where collaboration.id = found.collaboration_id;
end $$;

-- Of the given keys, those that still hold; for sockets that nothing is sent to.
create function keys_alive(keys uuid[]) returns table (key uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select api_key.id from api_key join party on party.id = api_key.party_id and party.left_at is null
  where api_key.id = any (keys) and api_key.revoked_at is null and api_key.expires_at > now()
$$;

grant create on schema public to samsyn_sealer;
do $$
declare signature regprocedure;
begin
  foreach signature in array array['key_seal(bytea, uuid)', 'key_viewer(bytea)', 'keys_alive(uuid[])']::regprocedure[]
  loop
    execute format('alter function %s owner to samsyn_sealer', signature);
    execute format('revoke execute on function %s from public', signature);
    execute format('grant execute on function %s to samsyn_app', signature);
  end loop;
end $$;
revoke create on schema public from samsyn_sealer;

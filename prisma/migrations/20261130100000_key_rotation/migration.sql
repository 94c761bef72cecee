-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "former_until" TIMESTAMPTZ(3),
ADD COLUMN     "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp();

-- AlterTable
ALTER TABLE "api_key_secret" ADD COLUMN     "former" BOOLEAN NOT NULL DEFAULT false;

-- DropIndex
DROP INDEX "api_key_secret_key_id_key";

-- CreateIndex
CREATE UNIQUE INDEX "api_key_secret_key_id_former_key" ON "api_key_secret"("key_id", "former");

-- A key that is given another secret stays the same key. The secret before goes on opening it until `former_until`: two at most, which
-- the unique index holds. Its life is counted from when it was last sealed, which the sealer alone writes down.
update api_key set sealed_at = made_at;
alter table api_key drop constraint api_key_check,
  add check (expires_at > made_at and expires_at <= sealed_at + interval '8760 hours'),
  add check (former_until <= sealed_at + interval '168 hours');

grant update (former_until, expires_at) on api_key to samsyn_app;
grant update (sealed_at) on api_key to samsyn_sealer;
grant update (former), delete on api_key_secret to samsyn_sealer;

drop trigger access_turned on api_key;
create trigger access_turned after delete or update of revoked_at, expires_at, former_until on api_key
  for each row execute function access_turned();

-- Gives a key of the own party what opens it from now on. What opened it is its former secret, and what did before that opens nothing.
-- Whoever is shown a secret is the only one who ever is.
create or replace function key_seal(token bytea, sealed uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from api_key where id = sealed and party_id = viewer()) then raise exception 'not of the own party'; end if;
  delete from api_key_secret where key_id = sealed and former;
  update api_key_secret set former = true where key_id = sealed;
  insert into api_key_secret (token_hash, key_id) values (token, sealed);
  update api_key set sealed_at = transaction_timestamp() where id = sealed;
end $$;

-- Of the given, those that open a key now, and which.
create function keys_opened(tokens bytea[]) returns table (token bytea, key_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select secret.token_hash, api_key.id from api_key_secret secret join api_key on api_key.id = secret.key_id
    join party on party.id = api_key.party_id and party.left_at is null
  where secret.token_hash = any (tokens) and api_key.revoked_at is null and api_key.expires_at > now()
    and (not secret.former or api_key.former_until > now())
$$;

create or replace function key_viewer(token bytea) returns table (key_id uuid, collaboration_id uuid, slug text, party_id uuid)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare found api_key;
begin
  select api_key.* into found from keys_opened(array[token]) opened join api_key on api_key.id = opened.key_id;
  if found.id is null then return; end if;
  if found.last_used_at is null or found.last_used_at < now() - interval '1 minute' then
    update api_key set last_used_at = now() where id = found.id;
  end if;
  return query select found.id, collaboration.id, collaboration.slug, found.party_id
    from collaboration where collaboration.id = found.collaboration_id;
end $$;

grant create on schema public to samsyn_sealer;
alter function keys_opened(bytea[]) owner to samsyn_sealer;
revoke execute on function keys_opened(bytea[]) from public;
grant execute on function keys_opened(bytea[]) to samsyn_app;
revoke create on schema public from samsyn_sealer;

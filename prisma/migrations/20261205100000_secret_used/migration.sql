-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "former_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "secret_used_at" TIMESTAMPTZ(3);

-- Which of a key's two secrets was shown: whoever rotated it wants to know whether the programs have moved before the former ends.
-- Of keys that have been rotated already nobody knows.
update api_key set secret_used_at = last_used_at where former_until is null;
grant update (secret_used_at, former_used_at) on api_key to samsyn_sealer;

create or replace function key_viewer(token bytea) returns table (key_id uuid, collaboration_id uuid, slug text, party_id uuid, slices text[])
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  found api_key;
  with_former boolean;
  before timestamptz;
begin
  select api_key.* into found from keys_opened(array[token]) opened join api_key on api_key.id = opened.key_id;
  if found.id is null then return; end if;
  select secret.former into with_former from api_key_secret secret where secret.token_hash = token;
  before := case when with_former then found.former_used_at else found.secret_used_at end;
  if before is null or before < now() - interval '1 minute' then
    update api_key set last_used_at = now(),
      secret_used_at = case when with_former then secret_used_at else now() end,
      former_used_at = case when with_former then now() else former_used_at end
    where id = found.id;
  end if;
  return query select found.id, collaboration.id, collaboration.slug, found.party_id, found.slices::text[]
    from collaboration where collaboration.id = found.collaboration_id;
end $$;

create or replace function key_seal(token bytea, sealed uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from api_key where id = sealed and party_id = viewer()) then raise exception 'not of the own party'; end if;
  delete from api_key_secret where key_id = sealed and former;
  update api_key_secret set former = true where key_id = sealed;
  insert into api_key_secret (token_hash, key_id) values (token, sealed);
  update api_key set sealed_at = transaction_timestamp(), former_used_at = secret_used_at, secret_used_at = null where id = sealed;
end $$;

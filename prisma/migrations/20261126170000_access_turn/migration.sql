-- Moves with everything that may end somebody's access before its time: who was looked at since it last moved need not be looked at again.
-- A row and no sequence: it is seen to have moved by exactly those who see what it moved for.
CREATE TABLE "access_turn" (
    "one" BOOLEAN NOT NULL DEFAULT true,
    "turn" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "access_turn_pkey" PRIMARY KEY ("one")
);

alter table access_turn add check (one);
insert into access_turn default values;

alter table access_turn enable row level security;
create policy read on access_turn for select to samsyn_app using (true);
create policy turn on access_turn to samsyn_sealer using (true) with check (true);
grant select on access_turn to samsyn_app;
grant select, update on access_turn to samsyn_sealer;

create function access_turned() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  update access_turn set turn = turn + 1;
  return null;
end $$;

create trigger access_turned after delete on session for each row execute function access_turned();
create trigger access_shortened after update on session for each row
  when (new.expires_at < old.expires_at or new.last_seen_at < old.last_seen_at or new.person_id <> old.person_id) execute function access_turned();
create trigger access_turned after delete or update of removed_at, person_id on member for each row execute function access_turned();
create trigger access_turned after delete or update of revoked_at, expires_at on api_key for each row execute function access_turned();
create trigger access_turned after delete or update of left_at on party for each row execute function access_turned();

grant create on schema public to samsyn_sealer;
alter function access_turned() owner to samsyn_sealer;
revoke execute on function access_turned() from public;
revoke create on schema public from samsyn_sealer;

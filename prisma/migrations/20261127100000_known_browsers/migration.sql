-- Guessing passwords is slowed without shutting anybody out: a browser in which somebody has signed in before is known for that account,
-- and waits for nobody's failures but its own. What is tried is counted before it is looked at, so that many at once are no way around.
CREATE TABLE "sign_in_browser" (
    "subject" BYTEA NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_browser_pkey" PRIMARY KEY ("subject")
);
CREATE INDEX "sign_in_browser_seen_at_idx" ON "sign_in_browser"("seen_at");
CREATE INDEX "sign_in_failure_last_at_idx" ON "sign_in_failure"("last_at");

alter table sign_in_browser enable row level security;
grant select, insert, update, delete on sign_in_browser to samsyn_sealer;
create policy identity on sign_in_browser to samsyn_sealer using (true) with check (true);

drop function sign_in_failures(bytea[]);
drop function sign_in_failed(bytea[]);
drop function sign_in_succeeded(bytea[]);

-- Whether a browser is known for an account; half a year after the last time it no longer is.
create function sign_in_known(browser bytea) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from sign_in_browser where subject = browser and seen_at > now() - interval '180 days')
$$;

-- Seconds to wait; nought: it may be tried, and counts as failed until it has succeeded. From the last free one on, each waits twice as
-- long as the one before. Forgotten after a quiet day. Rows are locked in one order, by whoever tries and by whoever sweeps.
create function sign_in_try(subjects bytea[], free int[], longest int) returns int
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  pause double precision;
begin
  delete from sign_in_failure where subject in (
    select subject from sign_in_failure where last_at < clock_timestamp() - interval '1 day' order by subject limit 100 for update skip locked);
  insert into sign_in_failure (subject, count, last_at)
    select subject, 0, clock_timestamp() from unnest(subjects) subject order by subject on conflict (subject) do nothing;
  perform from sign_in_failure where subject = any (subjects) order by subject for update;
  select max(least(power(2, least(count - tried.free, 30)), longest) - extract(epoch from clock_timestamp() - last_at)) into pause
    from unnest(subjects, free) tried(subject, free) join sign_in_failure using (subject) where count >= tried.free;
  if pause > 0 then return ceil(pause); end if;
  update sign_in_failure set count = count + 1, last_at = clock_timestamp() where subject = any (subjects);
  return 0;
end $$;

-- Forgets what failed by itself, takes back what was counted beforehand for what is shared with others, and knows the browser from now on.
create function sign_in_succeeded(own bytea[], shared bytea[], browser bytea) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from sign_in_failure where subject in (select subject from sign_in_failure where subject = any (own) order by subject for update);
  update sign_in_failure set count = greatest(count - 1, 0) where subject in (
    select subject from sign_in_failure where subject = any (shared) order by subject for update);
  delete from sign_in_browser where subject in (
    select subject from sign_in_browser where seen_at < now() - interval '180 days' order by subject limit 100 for update skip locked);
  insert into sign_in_browser (subject, seen_at) values (browser, now()) on conflict (subject) do update set seen_at = now();
$$;

grant create on schema public to samsyn_sealer;
do $$
declare signature regprocedure;
begin
  foreach signature in array array[
    'sign_in_known(bytea)', 'sign_in_try(bytea[], int[], int)', 'sign_in_succeeded(bytea[], bytea[], bytea)']::regprocedure[]
  loop
    execute format('alter function %s owner to samsyn_sealer', signature);
    execute format('revoke execute on function %s from public', signature);
    execute format('grant execute on function %s to samsyn_app', signature);
  end loop;
end $$;
revoke create on schema public from samsyn_sealer;

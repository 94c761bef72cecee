-- CreateEnum
CREATE TYPE "Weekday" AS ENUM ('MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY');

-- AlterTable
ALTER TABLE "notification_settings" ADD COLUMN     "weekly_at" TIMESTAMPTZ(3),
ADD COLUMN     "weekly_on" "Weekday";

-- CreateIndex
CREATE INDEX "notification_settings_weekly_at_idx" ON "notification_settings"("weekly_at");

-- When the next weekly letter goes, by the member's clock: on that day at the digest's hour, or at eight.
create function weekly_next(settings notification_settings, moment timestamptz) returns timestamptz
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
  here timestamp := moment at time zone settings.time_zone;
  due timestamp;
begin
  if settings.weekly_on is null then return null; end if;
  due := date_trunc('week', here) + coalesce(settings.digest_at, '08:00')::time
    + (array_position(enum_range(null::"Weekday"), settings.weekly_on) - 1) * interval '1 day';
  if due <= here then due := due + interval '7 days'; end if;
  return due at time zone settings.time_zone;
end $$;

create function weekly_chosen() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  new.weekly_at := weekly_next(new, clock_timestamp());
  return new;
end $$;
create trigger weekly before update of weekly_on, digest_at, time_zone on notification_settings for each row
  when ((old.weekly_on, old.digest_at, old.time_zone) is distinct from (new.weekly_on, new.digest_at, new.time_zone))
  execute function weekly_chosen();

-- The letters of the viewer's party whose time has come, each once: it is taken by setting the time of the next, and what another server
-- has in hand is left to it. Its id is that of the member and the time, however often it is put in.
create function weeklies_take() returns table (letter_id uuid, member_id uuid, due_at timestamptz)
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update notification_settings settings set weekly_at = weekly_next(settings, clock_timestamp())
    from (
      select waiting.id, waiting.weekly_at from notification_settings waiting
        join member on member.id = waiting.member_id and member.party_id = viewer() and member.removed_at is null
          and member.joined_at is not null
        where waiting.weekly_at <= clock_timestamp() order by waiting.id for update of waiting skip locked) as due
    where due.id = settings.id
    returning md5('WEEK' || settings.member_id || ' ' || extract(epoch from due.weekly_at))::uuid, settings.member_id, due.weekly_at
$$;

grant update (weekly_on) on notification_settings to samsyn_app;
grant update (weekly_at) on notification_settings to samsyn_sealer;

grant create on schema public to samsyn_sealer;
alter function weeklies_take() owner to samsyn_sealer;
revoke execute on function weeklies_take() from public;
grant execute on function weeklies_take() to samsyn_app;
revoke create on schema public from samsyn_sealer;

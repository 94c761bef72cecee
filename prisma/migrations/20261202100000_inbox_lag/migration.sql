-- For how long, in seconds, the oldest entry has waited that no inbox has been made from; null when none waits. One figure for the whole hub, which says
-- nothing of whose it is.
create function inbox_lag() returns float8
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select extract(epoch from clock_timestamp() - min(entry.at))::float8
  from inbox_cursor cursor join party on party.id = cursor.stream_id and party.left_at is null
  cross join lateral (
    select journal_entry.at from stream_entry place join journal_entry on journal_entry.id = place.entry_id
    where place.stream_id = cursor.stream_id and place.seq > cursor.seq order by place.seq limit 1
  ) entry
$$;
grant create on schema public to samsyn_sealer;
alter function inbox_lag() owner to samsyn_sealer;
revoke create on schema public from samsyn_sealer;
revoke execute on function inbox_lag() from public;
grant execute on function inbox_lag() to samsyn_app;

-- What has been taken back since, in order: ids and times alone. The server keeps them outside the database, so that what was erased
-- after a backup can be erased again when that backup is restored.
create function comments_taken_back(since timestamptz) returns table (comment_id uuid, at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select id, withdrawn_at from comment where withdrawn_at >= since order by withdrawn_at, id
$$;

grant create on schema public to samsyn_sealer;
alter function comments_taken_back(timestamptz) owner to samsyn_sealer;
revoke execute on function comments_taken_back(timestamptz) from public;
grant execute on function comments_taken_back(timestamptz) to samsyn_app;
revoke create on schema public from samsyn_sealer;

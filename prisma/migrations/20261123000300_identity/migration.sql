-- Sign-in, sessions and invitations. The application has no grant on these tables: it knows only these functions, which
-- belong to the sealer and answer one question each. Tokens arrive as their SHA-256.

create function member_joined() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into stream_head (stream_id, hash) values (new.id, decode(repeat('00', 32), 'hex')) on conflict do nothing;
  update person set readers = (select array_agg(distinct party_id order by party_id) from member where person_id = new.person_id and removed_at is null)
    where id = new.person_id;
  return null;
end $$;
alter function member_joined() security definer;
create trigger joined after insert or update of removed_at on member for each row execute function member_joined();

-- What sign-in compares with; nothing for an unknown address, and the application then compares with a dummy.
create function credential_for(address text) returns table (person_id uuid, password_hash text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person.id, credential.password_hash from person join credential on credential.person_id = person.id where person.email = lower(address)
$$;

create function session_open(token bytea, person uuid, ends timestamptz) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into session (token_hash, person_id, expires_at) values (token, person, ends)
$$;

create function session_close(token bytea) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from session where token_hash = token
$$;

-- Who holds the token, and the seat in the named collaboration, if any. Ends idle sessions; moves the last sighting
-- forward at most once a minute, so that reading costs no write.
create function session_viewer(token bytea, named text, idle interval)
returns table (person_id uuid, collaboration_id uuid, party_id uuid, member_id uuid, roles "MemberRole"[])
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare found_person uuid; seen timestamptz;
begin
  select session.person_id, session.last_seen_at into found_person, seen from session
    where token_hash = token and expires_at > now() and last_seen_at > now() - idle;
  if found_person is null then return; end if;
  if seen < now() - interval '1 minute' and current_setting('transaction_read_only') = 'off' then
    update session set last_seen_at = now() where token_hash = token;
  end if;
  return query select found_person, collaboration.id, member.party_id, member.id, member.roles
    from (select) as always
    left join collaboration on collaboration.slug = named
      and exists (select from member seat where seat.collaboration_id = collaboration.id and seat.person_id = found_person and seat.removed_at is null)
    left join member on member.collaboration_id = collaboration.id and member.person_id = found_person and member.removed_at is null;
end $$;

-- Of the given tokens, those that still open a session and, where one is named, still hold that seat.
create function sessions_alive(tokens bytea[], seats uuid[], idle interval) returns table (token bytea, seat uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select asked.token, asked.seat from unnest(tokens, seats) as asked(token, seat)
  join session on session.token_hash = asked.token and session.expires_at > now() and session.last_seen_at > now() - idle
  join member on member.id = asked.seat and member.person_id = session.person_id and member.removed_at is null
$$;

create function seats_of(person uuid)
returns table (collaboration_id uuid, slug text, collaboration_name text, party_name text, member_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select collaboration.id, collaboration.slug, collaboration.name, party.name, member.id
  from member join party on party.id = member.party_id join collaboration on collaboration.id = member.collaboration_id
  where member.person_id = person and member.removed_at is null and party.left_at is null order by collaboration.name
$$;

-- The person behind an address, made when there is none. Tells nobody whether there was one.
create function person_for(address text, wanted_name text) returns uuid
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare found_id uuid;
begin
  insert into person (id, email, name) values (gen_random_uuid(), lower(address), wanted_name) on conflict (email) do nothing;
  select id into found_id from person where email = lower(address);
  return found_id;
end $$;

create function invitation_open(token bytea, invited uuid, ends timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from member where id = invited and party_id = viewer()) then raise exception 'not of the own party'; end if;
  delete from invitation where member_id = invited;
  insert into invitation (token_hash, member_id, expires_at) values (token, invited, ends);
end $$;

create function invitation_by(token bytea)
returns table (member_id uuid, person_id uuid, name text, party_name text, collaboration_name text, slug text, email text, has_password boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select member.id, person.id, member.name, party.name, collaboration.name, collaboration.slug, person.email, credential.person_id is not null
  from invitation join member on member.id = invitation.member_id and member.removed_at is null
  join person on person.id = member.person_id join party on party.id = member.party_id
  join collaboration on collaboration.id = member.collaboration_id
  left join credential on credential.person_id = person.id
  where invitation.token_hash = token and invitation.expires_at > now()
$$;

-- Uses up the invitation: sets the password of somebody who has none, and marks the seat as taken. False if already used.
create function invitation_accept(token bytea, new_password_hash text) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare seat member;
begin
  delete from invitation where token_hash = token and expires_at > now() returning member_id into seat.id;
  if seat.id is null then return false; end if;
  update member set joined_at = coalesce(joined_at, now()), version = version + 1 where id = seat.id returning * into seat;
  if new_password_hash is not null then
    insert into credential (person_id, password_hash) values (seat.person_id, new_password_hash) on conflict (person_id) do nothing;
  end if;
  insert into journal_intent (kind, collaboration_id, actor_id, party_id, subject_type, subject_id, subject_version, changes, former_readers)
    values ('member.joined', seat.collaboration_id, seat.id, seat.party_id, 'Member', seat.id, seat.version, '{}', '{}');
  return true;
end $$;

-- Failed attempts for the back-off, counted per account and per address; forgotten after a quiet day.
create function sign_in_failures(subjects bytea[]) returns table (count int, last_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select count, last_at from sign_in_failure where subject = any (subjects) and last_at > now() - interval '1 day'
$$;
create function sign_in_failed(subjects bytea[]) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into sign_in_failure (subject, count, last_at) select subject, 1, now() from unnest(subjects) subject order by subject
  on conflict (subject) do update set last_at = now(),
    count = case when sign_in_failure.last_at > now() - interval '1 day' then sign_in_failure.count + 1 else 1 end
$$;
create function sign_in_succeeded(subjects bytea[]) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from sign_in_failure where subject = any (subjects)
$$;

-- Everyone on a database that `start` has seeded; nobody anywhere else.
create function demo_members()
returns table (member_id uuid, person_id uuid, name text, title text, roles "MemberRole"[], party_name text, mark text, ordinal int, slug text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select member.id, member.person_id, member.name, member.title, member.roles, party.name, party.mark, party.ordinal, collaboration.slug
  from member join party on party.id = member.party_id join collaboration on collaboration.id = member.collaboration_id
  where exists (select from demo where demo.collaboration_id = member.collaboration_id) and member.removed_at is null
    and not exists (select from credential where credential.person_id = member.person_id)
    and member.joined_at is not null
  order by party.ordinal, member.name
$$;

grant select, insert, update, delete on session, sign_in_failure to samsyn_sealer;
grant select, insert, delete on invitation to samsyn_sealer;
grant select, insert on credential to samsyn_sealer;
grant select, insert, update (readers) on person to samsyn_sealer;
grant select, update (joined_at, version) on member to samsyn_sealer;
grant select on party, collaboration, demo to samsyn_sealer;
grant insert on stream_head to samsyn_sealer;
grant usage on sequence journal_intent_id_seq to samsyn_sealer;
create policy identity on session to samsyn_sealer using (true) with check (true);
create policy identity on sign_in_failure to samsyn_sealer using (true) with check (true);
create policy identity on invitation to samsyn_sealer using (true) with check (true);
create policy identity on credential to samsyn_sealer using (true) with check (true);
create policy identity on person to samsyn_sealer using (true) with check (true);
create policy identity on member for update to samsyn_sealer using (true) with check (true);
create policy identity on party for select to samsyn_sealer using (true);
create policy identity on collaboration for select to samsyn_sealer using (true);
create policy identity on demo for select to samsyn_sealer using (true);

grant create on schema public to samsyn_sealer;
do $$
declare signature regprocedure;
begin
  foreach signature in array array[
    'member_joined()', 'credential_for(text)', 'session_open(bytea, uuid, timestamptz)', 'session_close(bytea)',
    'session_viewer(bytea, text, interval)', 'sessions_alive(bytea[], uuid[], interval)', 'seats_of(uuid)', 'person_for(text, text)',
    'invitation_open(bytea, uuid, timestamptz)', 'invitation_by(bytea)', 'invitation_accept(bytea, text)',
    'sign_in_failures(bytea[])', 'sign_in_failed(bytea[])', 'sign_in_succeeded(bytea[])', 'demo_members()']::regprocedure[]
  loop
    execute format('alter function %s owner to samsyn_sealer', signature);
    execute format('revoke execute on function %s from public', signature);
    execute format('grant execute on function %s to samsyn_app', signature);
  end loop;
end $$;
revoke create on schema public from samsyn_sealer;

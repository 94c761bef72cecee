-- CreateTable
CREATE TABLE "thread_follower" (
    "stream_id" UUID NOT NULL,
    "thread_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "since" BIGINT NOT NULL,

    CONSTRAINT "thread_follower_pkey" PRIMARY KEY ("stream_id","thread_id","member_id")
);

-- Whoever of the party does one of these follows the thread from then on.
create function thread_followers_add(stream uuid, beyond bigint, upto bigint) returns void
language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into thread_follower (stream_id, thread_id, member_id, since)
    select stream, thread.id, entry.actor_id, min(stream_entry.seq)
    from stream_entry join journal_entry entry on entry.id = stream_entry.entry_id
    left join comment on entry.subject_type = 'Comment' and comment.id = entry.subject_id
    left join agreement_version version on entry.subject_type = 'AgreementVersion' and version.id = entry.subject_id
    cross join lateral (select case entry.subject_type
      when 'Comment' then coalesce(comment.task_id, comment.clause_id)
      when 'AgreementVersion' then version.proposal_id
      else entry.subject_id end as id) as thread
    where stream_entry.stream_id = stream and stream_entry.seq > beyond and stream_entry.seq <= upto
      and entry.party_id = stream and entry.actor_id is not null and thread.id is not null
      and entry.kind in ('task.created', 'comment.written', 'proposal.drafted', 'proposal.edited', 'proposal.opened',
        'proposal.answered', 'version.signed')
    group by thread.id, entry.actor_id
  on conflict do nothing
$$;

-- Followers come along with the cursor, whoever moves it: none is missed, and what is read costs what is new.
create function inbox_moved() returns trigger language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform thread_followers_add(new.stream_id, old.seq, new.seq);
  return null;
end $$;
create trigger followers after update of seq on inbox_cursor for each row
  when (new.seq > old.seq) execute function inbox_moved();

-- What was read before followers were kept.
select thread_followers_add(stream_id, 0, seq) from inbox_cursor;

alter table thread_follower enable row level security;
create policy read on thread_follower for select to samsyn_app using (stream_id = (select viewer()));
create policy seal on thread_follower to samsyn_sealer using (true) with check (true);
grant select on thread_follower to samsyn_app;
grant select, insert on thread_follower to samsyn_sealer;

grant create on schema public to samsyn_sealer;
do $$
declare signature regprocedure;
begin
  foreach signature in array array['thread_followers_add(uuid,bigint,bigint)', 'inbox_moved()']::regprocedure[] loop
    execute format('alter function %s owner to samsyn_sealer', signature);
    execute format('revoke execute on function %s from public', signature);
  end loop;
end $$;
revoke create on schema public from samsyn_sealer;

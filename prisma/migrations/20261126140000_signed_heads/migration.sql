-- CreateTable
CREATE TABLE "signed_head" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "stream_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "key" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "signed_head_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "signed_head_stream_id_epoch_day_key" ON "signed_head"("stream_id", "epoch", "day");

-- The parties' streams that have been told something since they were last signed, and nothing today.
create function heads_unsigned() returns table (stream_id uuid, epoch int, seq bigint, hash bytea)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select head.stream_id, head.epoch, head.seq, head.hash from stream_head head join party on party.id = head.stream_id
  where head.seq > 0 and not exists (
    select from signed_head signed where signed.stream_id = head.stream_id and signed.epoch = head.epoch
      and (signed.seq = head.seq or signed.day = (now() at time zone 'UTC')::date))
$$;

-- What is kept is what the stream says at that place, whoever asks for something else to be kept.
create function head_keep(stream uuid, of_epoch int, upto bigint, told bytea, signed_at timestamptz, by_key text, with_signature text)
returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into signed_head (stream_id, epoch, day, seq, hash, at, key, signature, readers)
    select stream, of_epoch, (signed_at at time zone 'UTC')::date, upto, told, signed_at, by_key, with_signature, array[stream]
    from stream_head head join stream_entry entry on entry.stream_id = head.stream_id and entry.seq = upto and entry.hash = told
    where head.stream_id = stream and head.epoch = of_epoch
  on conflict do nothing
$$;

alter table signed_head enable row level security;
create policy read on signed_head for select to samsyn_app using ((select viewer()) = any (readers));
create policy seal on signed_head to samsyn_sealer using (true) with check (true);
grant select on signed_head to samsyn_app;
grant select, insert on signed_head to samsyn_sealer;

grant create on schema public to samsyn_sealer;
do $$
declare signature regprocedure;
begin
  foreach signature in array array['heads_unsigned()', 'head_keep(uuid,int,bigint,bytea,timestamptz,text,text)']::regprocedure[] loop
    execute format('alter function %s owner to samsyn_sealer', signature);
    execute format('revoke execute on function %s from public', signature);
    execute format('grant execute on function %s to samsyn_app', signature);
  end loop;
end $$;
revoke create on schema public from samsyn_sealer;

-- Written once: what has happened is added to and never changed, also by the owner. Erasing a text is all that may touch what stands
-- (comment_erased). Whoever means it, as when old entries are archived, says so first: set app.journal_opened = 'on'.
create function journal_stands() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if coalesce(current_setting('app.journal_opened', true), '') <> 'on' then
    raise exception 'the journal is added to, never changed' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger stands before update or delete or truncate on journal_entry execute function journal_stands();
create trigger stands before update or delete or truncate on stream_entry execute function journal_stands();
create trigger stands before update or delete or truncate on signed_head execute function journal_stands();

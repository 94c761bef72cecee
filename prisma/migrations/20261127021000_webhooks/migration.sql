-- CreateEnum
CREATE TYPE "WebhookState" AS ENUM ('ACTIVE', 'PAUSED', 'STOPPED', 'REMOVED');

-- CreateEnum
CREATE TYPE "WebhookStop" AS ENUM ('KEY_ENDED', 'GONE', 'FAILING', 'SECRET_LOST');

-- CreateEnum
CREATE TYPE "WebhookProblem" AS ENUM ('STATUS', 'TIMEOUT', 'UNREACHABLE', 'FORBIDDEN_ADDRESS', 'TOO_LARGE');

-- CreateTable
CREATE TABLE "webhook" (
    "id" UUID NOT NULL,
    "collaboration_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "made_by_id" UUID NOT NULL,
    "state" "WebhookState" NOT NULL DEFAULT 'ACTIVE',
    "stop" "WebhookStop",
    "version" INTEGER NOT NULL DEFAULT 1,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT transaction_timestamp(),
    "generation" INTEGER NOT NULL DEFAULT 1,
    "former_until" TIMESTAMPTZ(3),
    "secret_mark" BYTEA NOT NULL,
    "epoch" INTEGER NOT NULL,
    "seq" BIGINT NOT NULL,
    "replay_seq" BIGINT,
    "replay_until" BIGINT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "message_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "epoch" INTEGER,
    "seq" BIGINT,
    "attempt" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "problem" "WebhookProblem",
    "status" INTEGER,
    "duration_ms" INTEGER NOT NULL,
    "answer" TEXT NOT NULL,
    "readers" UUID[] DEFAULT ARRAY[]::UUID[],

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "webhook_collaboration_id_party_id_idx" ON "webhook"("collaboration_id", "party_id");

-- CreateIndex
CREATE INDEX "webhook_delivery_webhook_id_at_idx" ON "webhook_delivery"("webhook_id", "at");

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_collaboration_id_fkey" FOREIGN KEY ("collaboration_id") REFERENCES "collaboration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_made_by_id_fkey" FOREIGN KEY ("made_by_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhook"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A webhook is the own party's to see, whatever it sends and where to, and so is what became of each attempt. Readers are kept as those
-- of keys are, by the same function.
create trigger readers before insert or update of party_id on webhook for each row execute function key_readers();

alter table webhook add check (length(name) between 1 and 100), add check (length(url) <= 2000), add check (length(document) <= 20000),
  add check ((stop is not null) = (state = 'STOPPED')), add check ((replay_seq is null) = (replay_until is null));
alter table webhook_delivery add check (length(answer) <= 1000);

create function webhook_delivery_readers() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  select readers into strict new.readers from webhook where id = new.webhook_id;
  return new;
end $$;
create trigger readers before insert on webhook_delivery for each row execute function webhook_delivery_readers();

alter table webhook enable row level security;
alter table webhook_delivery enable row level security;
create policy read on webhook for select to samsyn_app using ((select viewer()) = any (readers));
-- By a member of the party, with a key of the party: whatever is sent is the party's to read.
create policy write on webhook for insert to samsyn_app with check (party_id = (select viewer())
  and made_by_id = (select viewer_member()) and exists (select from api_key where api_key.id = key_id and api_key.party_id = webhook.party_id));
create policy change on webhook for update to samsyn_app using (party_id = (select viewer())) with check (party_id = (select viewer()));
create policy seal on webhook to samsyn_sealer using (true) with check (true);
create policy read on webhook_delivery for select to samsyn_app using ((select viewer()) = any (readers));
create policy write on webhook_delivery for insert to samsyn_app with check ((select viewer()) = any (readers));
create policy clear on webhook_delivery for delete to samsyn_app using ((select viewer()) = any (readers));
create policy seal on webhook_delivery to samsyn_sealer using (true) with check (true);
grant select, insert (id, collaboration_id, party_id, key_id, name, url, document, made_by_id, state, version, generation, secret_mark, epoch,
    seq, attempts, readers),
  update (state, stop, version, generation, former_until, secret_mark, epoch, seq, replay_seq, replay_until, attempts, failing_since,
    next_attempt_at, delivered_at)
  on webhook to samsyn_app;
grant select, insert, delete on webhook_delivery to samsyn_app;
grant select on webhook to samsyn_sealer;

insert into journal_subject (type, table_name) values ('Webhook', 'webhook');

-- To which webhooks something is to be sent now, or which are to be stopped because their key has ended.
create function webhooks_due() returns table (webhook_id uuid, party_id uuid, collaboration_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select webhook.id, webhook.party_id, webhook.collaboration_id
  from webhook join stream_head head on head.stream_id = webhook.party_id
    join party on party.id = webhook.party_id join api_key on api_key.id = webhook.key_id
  where webhook.state = 'ACTIVE' and (webhook.next_attempt_at is null or webhook.next_attempt_at <= now())
    and (webhook.replay_seq is not null or head.seq > webhook.seq or head.epoch <> webhook.epoch
      or api_key.revoked_at is not null or api_key.expires_at <= now() or party.left_at is not null)
$$;

grant create on schema public to samsyn_sealer;
alter function webhooks_due() owner to samsyn_sealer;
revoke execute on function webhooks_due() from public;
grant execute on function webhooks_due() to samsyn_app;
revoke create on schema public from samsyn_sealer;

import { EVERYTHING } from '../../webhooks/hooks.ts'
import type { Verb } from '../../world/acts.ts'
import { globalId, mint } from '../../world/actor.ts'
import { eventually } from '../../world/eventually.ts'
import type { Doings, Stage } from '../stage.ts'

// What a party has sent to its systems. Nobody is there to take it: what is told is what becomes of the webhook.

interface Row {
  readonly id: string
  readonly party: string
}

const some = async (stage: Stage, where: string): Promise<Row | undefined> =>
  stage.chance.maybe(await stage.world.sql<Row>(`select id, party_id as party from webhook where ${where} order by id`))

const make = async (stage: Stage) => {
  const actor = await stage.somebody()
  const key = await stage.tries(actor, 'makeKey', { id: mint(), name: 'Webhookens' })
  const words = { name: `Diariet ${stage.chance.below(100)}`, url: 'https://diariet.example/hook', document: EVERYTHING }
  if (key) await stage.tries(actor, 'makeWebhook', { id: mint(), ...words, key: key.id })
}

const edit = async (stage: Stage) => {
  const webhook = await some(stage, `state <> 'REMOVED'`)
  if (!webhook) return make(stage)
  const [row] = await stage.world.sql<{ version: number }>('select version from webhook where id = $1', [webhook.id])
  const changed = { baseVersion: row?.version ?? 1, name: `Diariet ${stage.chance.below(10_000)}` }
  const actor = await stage.somebody({ ...webhook, member: null })
  await stage.tries(actor, 'editWebhook', { id: globalId('Webhook', webhook.id), ...changed })
}

const does = (verb: Verb, where: string) => async (stage: Stage) => {
  const webhook = await some(stage, where)
  if (!webhook) return make(stage)
  await stage.tries(await stage.somebody({ ...webhook, member: null }), verb, { id: globalId('Webhook', webhook.id) })
}

export const webhookDoings: Doings = {
  'webhook.made': make,
  'webhook.edited': edit,
  'webhook.paused': does('pauseWebhook', `state = 'ACTIVE'`),
  'webhook.resumed': does('resumeWebhook', `state = 'PAUSED'`),
  'webhook.secret_changed': does('changeWebhookSecret', `state <> 'REMOVED'`),
  'webhook.tried': does('testWebhook', `state <> 'REMOVED'`),
  'webhook.replayed': does('replayWebhook', `state <> 'REMOVED' and seq > 0`),
  'webhook.removed': does('removeWebhook', `state in ('PAUSED', 'STOPPED')`),
  'webhook.stopped': async (stage) => {
    const webhook = await some(stage, `state = 'ACTIVE'`)
    if (!webhook) return make(stage)
    // Its key runs out by itself, which no entry tells; when that was seen, it is again as the pages have it.
    const [key] = await stage.world.sql<{ id: string; made_at: Date; expires_at: Date }>(
      'select id, made_at, expires_at from api_key where id = (select key_id from webhook where id = $1)',
      [webhook.id],
    )
    const times = (madeAt?: Date, expiresAt?: Date) =>
      stage.world.sql('update api_key set made_at = $2, expires_at = $3 where id = $1', [key?.id, madeAt, expiresAt])
    await times(new Date(Date.now() - 200 * 86_400_000), new Date())
    await stage.world.sql('update webhook set next_attempt_at = null where id = $1', [webhook.id])
    await eventually('the hub has stopped it', async () => {
      const rows = await stage.world.sql(`select from webhook where id = $1 and state <> 'ACTIVE'`, [webhook.id])
      return rows.length === 1
    })
    await times(key?.made_at, key?.expires_at)
  },
}

import type { Actor } from '../world/actor.ts'
import { mint } from '../world/actor.ts'
import { does, type Done, type Input } from '../world/acts.ts'
import type { Consumer } from '../world/consumer.ts'
import { eventually } from '../world/eventually.ts'
import type { World } from '../world/world.ts'

/** A server whose webhooks may be sent to this machine, where the receivers of the tests are. */
export const NETWORKS = { WEBHOOK_NETWORKS: '127.0.0.0/8' }

export const EVERYTHING = `subscription { changes {
  ... on ChangeBatch { cursor changes { id kind subjectId gone subject { __typename id ... on Task { title version } ... on Comment { text } } } }
  ... on Resync { reason cursor } } }`

export interface Hook {
  readonly id: string
  readonly secret: string
  readonly keyId: string
  readonly made: Done['subject']
}

export const keyOf = async (admin: Actor): Promise<string> =>
  (await does(admin, 'makeKey', { id: mint(), name: 'Diariets webhook' })).subject.id

export const hookOf = async (admin: Actor, consumer: Consumer, more: Input = {}): Promise<Hook> => {
  const keyId = await keyOf(admin)
  const input = { id: mint(), name: 'Diariet', url: consumer.url, document: EVERYTHING, key: keyId, ...more }
  const { subject, secret } = await does(admin, 'makeWebhook', input)
  if (!secret) throw new Error('what a webhook signs with is shown when it is made')
  consumer.secrets = [secret]
  return { id: subject.id, secret, keyId, made: subject }
}

export const uuid = (globalId: string): string => atob(globalId).replace(/^\w+:/, '')

export interface Row {
  readonly state: string
  readonly stop: string | null
  readonly version: number
  readonly attempts: number
  readonly seq: string
  readonly replay_seq: string | null
  readonly failing_since: Date | null
  readonly next_attempt_at: Date | null
}

export const rowOf = async (world: World, { id }: Pick<Hook, 'id'>): Promise<Row> => {
  const [row] = await world.sql<Row>('select * from webhook where id = $1', [uuid(id)])
  if (!row) throw new Error('there is no such webhook')
  return row
}

/** As if it had waited: the next attempt is due now. */
export const waited = (world: World, { id }: Pick<Hook, 'id'>): Promise<unknown> =>
  world.sql('update webhook set next_attempt_at = now() where id = $1 and next_attempt_at is not null', [uuid(id)])

/** All webhooks that send stand where their streams end. */
export const allSent = async (world: World): Promise<boolean> =>
  (
    await world.sql(
      `select from webhook join stream_head head on head.stream_id = webhook.party_id
       where state = 'ACTIVE' and (head.seq > webhook.seq or replay_seq is not null)`,
    )
  ).length === 0

/** It stands where the party's stream ends, and nothing of it is in hand. */
export const caughtUp = (world: World, { id }: Pick<Hook, 'id'>, within?: number): Promise<unknown> =>
  eventually(
    'everything has been sent',
    async () =>
      (
        await world.sql(
          `select from webhook join stream_head head on head.stream_id = webhook.party_id and head.seq = webhook.seq
           where webhook.id = $1 and replay_seq is null`,
          [uuid(id)],
        )
      ).length === 1,
    within,
  )

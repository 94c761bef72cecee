import { choose } from '../../notifications/letters.ts'
import { accept, operator } from '../../realtime/newcomers.ts'
import { globalId, mint, uuidOf } from '../../world/actor.ts'
import type { Input, Verb } from '../../world/acts.ts'
import type { Doings, Stage } from '../stage.ts'

// Who comes, who goes, what they may, and what is told to one of them alone.

const ROLES = ['COORDINATOR', 'CONTRIBUTOR', 'OBSERVER', 'ADMIN'] as const

const rolesOf = (stage: Stage) => {
  const roles = stage.chance.some(ROLES)
  return roles.length > 0 ? roles : [stage.chance.one(ROLES)]
}

/** Anybody but those who stay as they are. */
const changeable = (stage: Stage) => {
  const leads = stage.leads.map(({ seat }) => `'${seat.memberId}'`).join(', ')
  return stage.thing('member', `removed_at is null and id not in (${leads})`)
}

const invite = async (stage: Stage) =>
  stage.tries(await stage.somebody(), 'inviteMember', {
    id: mint(),
    name: `Åsa ${stage.chance.below(1_000)}`,
    title: 'Fältare',
    email: `${mint()}@nya.example`,
    roles: rolesOf(stage),
  })

let made = 0

export const peopleDoings: Doings = {
  'member.invited': invite,
  'member.joined': async (stage) => {
    const link = stage.invitations.shift()
    if (link === undefined) return void (await invite(stage))
    // Who was removed before they came has no link that holds.
    const token = await accept(stage.world.server, link, stage.slug).catch(() => undefined)
    if (token) stage.people.push(token)
  },
  'member.changed': async (stage) => {
    const member = await changeable(stage)
    if (!member) return
    const wanted = stage.chance.yes(0.7) ? { roles: rolesOf(stage) } : { name: `Agnes ${stage.chance.below(1_000)}` }
    const id = globalId('Member', member.id)
    await stage.tries(await stage.somebody({ ...member, member: null }), 'changeMember', {
      id,
      baseVersion: member.version,
      ...wanted,
    })
  },
  'member.removed': async (stage) => {
    const member = await changeable(stage)
    if (!member) return
    const gone = await stage.tries(await stage.somebody({ ...member, member: null }), 'removeMember', {
      id: globalId('Member', member.id),
    })
    if (gone) stage.leaves(gone.id)
  },
  'party.admitted': async (stage) => {
    made += 1
    const mark = `G${String.fromCharCode(64 + made)}`
    // A guest, for whom being given something is the only way in. Signatories would have to answer from then on.
    const words = [
      '--collaboration',
      stage.slug,
      '--name',
      `Gäst ${made}`,
      '--mark',
      mark,
      '--role',
      'guest',
      '--kind',
      'business',
    ]
    await operator(stage.world, 'party', 'admit', ...words)
  },

  'key.made': async (stage) =>
    stage.tries(await stage.somebody(), 'makeKey', { id: mint(), name: `Diariet ${stage.chance.below(100)}` }),
  'key.rotated': (stage) => withKey(stage, 'true', (id) => ['rotateKey', { id, overlapHours: stage.chance.below(3) }]),
  'key.former_ended': (stage) => withKey(stage, 'former_until > now()', (id) => ['endFormerKey', { id }]),
  'key.revoked': (stage) => withKey(stage, 'true', (id) => ['revokeKey', { id }]),

  'calendar.made': async (stage) =>
    stage.tries(await stage.somebody(), 'makeCalendarLink', {
      id: mint(),
      name: `Kalender ${stage.chance.below(100)}`,
      party: stage.chance.yes(0.3),
    }),
  'calendar.revoked': async (stage) => {
    const links = await stage.world.sql<{ id: string; party: string }>(
      'select id, party_id as party from calendar_link where revoked_at is null order by id',
    )
    const link = stage.chance.maybe(links)
    const id = globalId('CalendarLink', link?.id ?? '')
    if (link) await stage.tries(await stage.somebody({ ...link, member: null }), 'revokeCalendarLink', { id })
  },

  // Whoever has said something on a task hears of what others say there.
  'notification.made': async (stage) => {
    const task = await stage.thing('task', `archived_at is null and audience = 'JOINT'`)
    const actors = [stage.chance.one(stage.leads), stage.chance.one(stage.leads)]
    for (const actor of task ? actors : []) {
      const wanted = { id: mint(), task: globalId('Task', task?.id ?? ''), text: 'Hörs detta?', audience: 'AS_PARENT' }
      await stage.tries(actor, 'writeComment', wanted)
    }
  },
  'settings.changed': async (stage) => {
    const [actor, place] = [stage.chance.one(stage.leads), stage.chance.one(['MAIL', 'INBOX'] as const)]
    await choose(actor, place, stage.chance.one(['SHARED', 'SIGNED']), stage.chance.yes(0.5))
  },
  'notification.handled': (stage) => handling(stage, stage.chance.one(['Read', 'Unread', 'Finish', 'Reopen'])),
  'notification.snoozed': (stage) =>
    handling(stage, 'Snooze', { until: new Date(Date.now() + stage.chance.one([1, 30]) * 86_400_000).toISOString() }),
  'notification.woken': (stage) => handling(stage, 'Wake'),
}

/** Somebody does something with some of what is in their inbox. */
const handling = async (stage: Stage, verb: string, more: object = {}): Promise<void> => {
  const actor = stage.chance.one(stage.leads)
  const ids = await stage.world.sql<{ id: string }>('select id from notification where member_id = $1 order by id', [
    uuidOf(actor.memberId),
  ])
  const some = stage.chance.some(ids, 0.3).slice(0, 20)
  if (some.length === 0) return
  await actor.mutate(
    `mutation ($input: ${verb}NotificationsInput!) { ${verb.toLowerCase()}Notifications(input: $input) { __typename } }`,
    { input: { ids: some.map(({ id }) => globalId('Notification', id)), ...more } },
  )
}

/** Does something with a key that holds, if there is one. */
const withKey = async (stage: Stage, which: string, doing: (id: string) => [Verb, Input]): Promise<void> => {
  const keys = await stage.world.sql<{ id: string; party: string }>(
    `select id, party_id as party from api_key where revoked_at is null and ${which} order by id`,
  )
  const key = stage.chance.maybe(keys)
  if (!key) return
  const [verb, input] = doing(globalId('ApiKey', key.id))
  await stage.tries(await stage.somebody({ ...key, member: null }), verb, input)
}

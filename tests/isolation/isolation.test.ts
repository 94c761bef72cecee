import { join } from 'node:path'
import { withClient } from '@samsyn/prisma/engine/databases'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ServerProcess } from '../world/serverProcess.ts'
import { eventually } from '../world/eventually.ts'
import { caughtUp } from '../notifications/expected.ts'
import { DONE } from '../world/acts.ts'
import { Consumer } from '../world/consumer.ts'
import { allSent as allTold, wishAtRandom } from '../notifications/letters.ts'
import { allSent, EVERYTHING, NETWORKS } from '../webhooks/hooks.ts'
import { type Arrived, PostOffice } from '../world/postOffice.ts'
import { PushService } from '../world/pushService.ts'
import { openWorld } from '../world/world.ts'
import { sendIn } from './doors.ts'
import { aBrowser, nameBrowser } from './browsers.ts'
import { type Cast, type Player, seat } from './cast.ts'
import { Ledger } from './ledger.ts'
import { fill, inputOf, mutationFields, words } from './mutations.ts'
import { act, globalId, latestOf, tell, uuidOf } from './story.ts'
import { PARTS, placeInSlices } from './slices.ts'
import { choicesOf, Survey, toldApart } from './survey.ts'
import { findThings, type Thing } from './things.ts'

// Everybody asks for everything: each field of the schema, through each door, about what is theirs, what is not and what never was.
// Who may see what is known from the story that was told. The server's policies and PostgreSQL's are turned off in turn; either must
// hold alone, and with both off the suite must see the leaks, or it sees nothing.

const PROVE = process.env['PROVE'] !== undefined
const hook = (name: string) => ['--import', join(import.meta.dirname, `hooks/${name}.ts`)]

// What is asked for here is everything at once, which nobody may otherwise.
const ROOM = {
  TOKEN_LIMIT: '1000000',
  DEPTH_LIMIT: '1000',
  ALIAS_LIMIT: '1000000',
  COST_LIMIT: '1000000000',
  RATE_LIMIT: '1000000000',
}
const office = await PostOffice.open()
const push = await PushService.open()
/** Whose browser is reached where. */
const browsers = new Map<Player, { readonly endpoint: string }>()
const world = await openWorld({ seeded: false, env: { ...ROOM, ...NETWORKS, ...office.settings, ...push.settings } })
const consumer = await Consumer.open()
afterAll(async () => {
  await world.close()
  await consumer.down()
  await office.close()
  await push.close()
})
const ledger = new Ledger()
const cast = await withClient(world.ownerUrl, (client) => seat(client, ledger))
let things: readonly Thing[] = []
beforeAll(async () => {
  // For every reason there is.
  await wishAtRandom(world, () => true)
  // A browser for each seat: who sits in two is told of each where it was asked for.
  for (const [index, player] of cast.players.entries()) {
    const sits = player.memberId !== undefined && cast.parties.get(player.party ?? '')?.slug === player.slug
    if (!sits || player.token === undefined) continue
    const browser = await push.browser(`seat-${index}`)
    await nameBrowser(world.server, player, 'Chrome, Linux', browser)
    browsers.set(player, browser)
  }
  await tell({ server: world.server, cast, ledger, hooks: consumer.url, browser: (name) => push.browser(name) })
  await eventually('everybody has been told', () => caughtUp(world), 60_000)
  await eventually('all systems have been sent it', () => allSent(world), 60_000)
  await allTold(world, 60_000)
  things = await findThings(world.ownerUrl, cast)
  // What the cast knew of before stays as it was known.
  for (const { type, id, owner, seenBy, member } of things)
    if (!ledger.has(id)) ledger.know(id, { kind: `id of ${type}`, owner, seenBy, reachable: false, ...(member && { member }) })
  await placeInSlices(world.ownerUrl, ledger, things)
}, 120_000)

/** One of each party, each of another role, and all who are special; or everybody. */
const players = ({ players: all }: Cast): readonly Player[] => {
  const ROLES = ['COORDINATOR', 'CONTRIBUTOR', 'OBSERVER', 'ADMIN'] as const
  const parties = [...cast.parties.keys()]
  return PROVE
    ? all
    : all.filter(
        ({ party, role, name }) =>
          role === undefined || name.includes('also') || ROLES[parties.indexOf(party ?? '') % ROLES.length] === role,
      )
}

/** The beginnings of the two streams that one follows: the party's and one's own. */
const streamsOf = async ({ party, memberId }: Player): Promise<string[]> => {
  const id = cast.parties.get(party ?? 'A')?.id ?? ''
  const [head] = await world.sql<{ epoch: number }>('select epoch from stream_head where stream_id = $1', [id])
  return [id, memberId]
    .filter((stream) => stream !== undefined)
    .map((stream) => Buffer.from(`1.${stream}.${head?.epoch}.0`).toString('base64url'))
}

/** The pages of what one has, and of what one has not. */
const pagesOf = (player: Player, own: readonly string[], foreign: readonly string[]) => {
  const home = `/c/${player.slug}`
  const tasks = [...own.slice(0, 2), ...foreign.slice(0, 2)].map((id) => `${home}/tasks/${uuidOf(id)}`)
  return [
    '/',
    home,
    `${home}/tasks`,
    `${home}/tasks?view=list`,
    `${home}/members`,
    `${home}/calendar`,
    `${home}/developers/webhooks`,
    `${home}/inbox`,
    `${home}/inbox?show=done`,
    ...tasks,
  ]
}

/** With a layer off, fewer are enough: what one is told does not depend on who else asks. */
const some = () => players(cast).filter(({ slices }, index) => index % (PROVE ? 4 : 9) === 1 && !slices)

/** Whose letter it is: a person with two seats has one address, and the link that stops such letters says for which. */
const memberIn = ({ text }: Arrived): string | undefined => /\/unsubscribe\?token=([0-9a-f-]{36})\./.exec(text)?.[1]

/** Whom PostgreSQL alone shows but a part; where the server’s policies are off as well, one of them is enough. */
const parts = () =>
  players(cast)
    .filter(({ slices }) => slices)
    .slice(0, PROVE ? undefined : 1)

/** These ask for everything, at one server. */
const look = async (server: ServerProcess, those: readonly Player[] = some()): Promise<Survey> => {
  const survey = await Survey.of(server, cast.player('A', 'COORDINATOR'), ledger)
  for (const player of those) {
    const choices = choicesOf(things, player, await streamsOf(player))
    await survey.tables(player, choices)
    await survey.read(player, choices, pagesOf(player, choices.own.get('Task') ?? [], choices.foreign.get('Task') ?? []))
  }
  for (const calendar of cast.calendars) await survey.calendar(calendar)
  return survey
}

const count = async () => (await world.sql<{ count: number }>(`select count(*)::int from ${DONE} as entry`))[0]?.count

const tellOf = (name: string, { cells, findings }: Survey) => {
  const kinds = [...new Set(findings.map(({ player, door, kind }) => `${kind} to ${player} by ${door}`))]
  console.log(
    `${name}: ${cells.size} cells, ${findings.length} foreign canaries${kinds.length ? `, ${kinds.slice(0, 5).join('; ')} …` : ''}`,
  )
}

let survey: Survey

test(
  'nobody is told anything that is not theirs, and everybody all that is',
  async () => {
    survey = await look(world.server, players(cast))
    for (const key of cast.parties.keys()) survey.sent(key, consumer.bodiesAt(`/hook/${key}/`))
    for (const slices of PARTS) survey.sent('A', consumer.bodiesAt(`/hook/A-${slices.join('-')}/`), slices)
    for (const [memberId, mails] of Map.groupBy(office.arrived, memberIn)) {
      const player = cast.players.find((one) => one.memberId === memberId)
      if (player)
        survey.told(
          player,
          'mail',
          mails.flatMap(({ text, html }) => [text, html]),
        )
    }
    for (const [player, browser] of browsers) {
      const opened = push.for(browser).map(({ text }) => text)
      survey.told(player, 'push', opened)
    }
    tellOf('as it is', survey)
    expect(survey.findings).toEqual([])
    for (const door of ['export', 'calendar', 'webhook', 'mail', 'push'] as const)
      expect(survey.own(door), door).toBeGreaterThan(20)
    const unseen = ledger
      .all()
      .filter(([, { reachable }]) => reachable)
      .flatMap(([value, { kind, seenBy }]) =>
        [...seenBy].filter((party) => !survey.seen.get(party)?.has(value)).map((party) => `${kind} by ${party}`),
      )
    expect(unseen).toEqual([])
  },
  PROVE ? 900_000 : 300_000,
)

test(
  'what is foreign cannot be acted on, and is answered as what never was',
  async () => {
    const before = await count()
    for (const player of players(cast)) {
      const choices = choicesOf(things, player, await streamsOf(player))
      await survey.trespass(player, choices, (type) => choices.own.get(type)?.[0] ?? choices.never.get(type) ?? '')
    }
    expect(await count()).toBe(before)
    expect(survey.findings).toEqual([])
    expect(toldApart(survey)).toEqual([])
  },
  PROVE ? 900_000 : 300_000,
)

test(
  'what acts answer with is the own party’s to see; no field and no argument was left out',
  async () => {
    for (const [turn, key] of [...cast.parties.keys()].entries()) {
      for (const [which, door] of (['HTTP', 'WebSocket'] as const).entries()) {
        for (const [index, mutation] of mutationFields(survey.walk).entries()) {
          // Sampled: each act by two of the parties, through one of the doors, in turn.
          if (!PROVE && (turn * 2 + which + index) % 5 !== 0) continue
          const role = /Member$|Key$|Link$|Webhook/.test(mutation.name) ? 'ADMIN' : 'COORDINATOR'
          const player = cast.player(key, role)
          const subject = await fresh(player, mutation.name)
          const filled = fill(survey.walk, inputOf(mutation), { subject: () => subject, variant: 0, version: 1, words })
          const input = { ...filled, ...(await rest(player, mutation.name, subject)) }
          await survey.act(player, door, [{ reference: mutation.name, mutation: mutation.name, input }])
        }
      }
    }
    expect(survey.findings).toEqual([])
    expect(survey.unreached).toEqual([])
  },
  PROVE ? 900_000 : 300_000,
)

/** What an input needs beside what every one of its kind has. */
const rest = async (player: Player, mutation: string, subject: string): Promise<Record<string, string>> => {
  if (mutation === 'writeComment' || mutation.endsWith('Thread')) return { task: subject }
  if (mutation === 'addBrowser') return aBrowser()
  if (mutation === 'replaceBrowser') return { ...aBrowser(), former: subject }
  if (mutation === 'chooseTimes') return { timeZone: 'Europe/Stockholm', digestAt: '07:00', quietFrom: '18:00', quietTo: '07:00' }
  if (mutation === 'attachFile')
    return { task: (await act(world.server, player, 'createTask', { id: crypto.randomUUID(), title: words() })).id }
  if (mutation === 'makeWebhook' || mutation === 'editWebhook') return { url: consumer.url, document: EVERYTHING }
  if (mutation !== 'signVersion' || !signs(player)) return {}
  const { id, hash } = await latestOf(world.server, player)
  return { id, hash }
}

const signs = ({ party }: Player): boolean => cast.parties.get(party ?? '')?.role === 'SIGNATORY'

/** One of the player's own, or one that never was for whom nobody has told of anything. */
const notificationOf = ({ memberId }: Player): string =>
  globalId(
    'Notification',
    things.find(({ type, member }) => type === 'Notification' && member === memberId)?.id ?? crypto.randomUUID(),
  )

/** Something new to act on, so that the story stays as it was told. */
const fresh = async (player: Player, mutation: string): Promise<string> => {
  const minted = { id: crypto.randomUUID() }
  if (mutation.endsWith('Notifications') || mutation.endsWith('Reason')) return notificationOf(player)
  if (mutation === 'replaceBrowser') return (await nameBrowser(world.server, player, words())).endpoint
  if (mutation === 'removeBrowser') return (await nameBrowser(world.server, player, words())).id
  const task = () => act(world.server, player, 'createTask', { ...minted, title: words() })
  if (mutation.endsWith('Member')) {
    if (mutation === 'inviteMember') return ''
    const person = { email: words(), name: words(), title: words(), roles: ['OBSERVER'] }
    return (await act(world.server, player, 'inviteMember', { ...minted, ...person })).id
  }
  if (mutation.endsWith('Proposal') && signs(player)) {
    const changes = [{ kind: 'ADD', clause: crypto.randomUUID(), heading: words() }]
    const draft = await act(world.server, player, 'draftProposal', { ...minted, title: words(), reason: words(), changes })
    if (mutation === 'answerProposal') await act(world.server, player, 'openProposal', { id: draft.id })
    return draft.id
  }
  if (mutation.endsWith('Key'))
    return mutation === 'makeKey' ? '' : (await act(world.server, player, 'makeKey', { ...minted, name: words() })).id
  if (mutation.endsWith('Link'))
    return mutation === 'makeCalendarLink'
      ? ''
      : (await act(world.server, player, 'makeCalendarLink', { ...minted, name: words() })).id
  if (mutation.includes('Webhook')) {
    const key = (await act(world.server, player, 'makeKey', { ...minted, name: words() })).id
    if (mutation === 'makeWebhook') return key
    const wanted = { name: words(), url: consumer.url, document: EVERYTHING, key }
    const { id: webhook } = await act(world.server, player, 'makeWebhook', { ...minted, ...wanted })
    if (mutation === 'resumeWebhook') await act(world.server, player, 'pauseWebhook', { id: webhook })
    return webhook
  }
  if (mutation === 'attachFile') return sendIn(world.server, player, words())
  const { id } = await task()
  if (mutation === 'removeFile') {
    const upload = await sendIn(world.server, player, words())
    return (await act(world.server, player, 'attachFile', { ...minted, task: id, upload })).id
  }
  if (!mutation.endsWith('Comment') || mutation === 'writeComment') return id
  return (await act(world.server, player, 'writeComment', { ...minted, task: id, text: words(), audience: 'OWN' })).id
}

test(
  'PostgreSQL alone holds, whatever the server’s policies say',
  async () => {
    const open = await world.anotherServer(hook('everybodyMay'))
    const trusting = await look(open, [...some(), ...parts()])
    tellOf('`may` and `reads` answering yes', trusting)
    expect(trusting.findings).toEqual([])
  },
  PROVE ? 900_000 : 300_000,
)

test(
  'the server’s policies alone hold, without row-level security; together off, all is told',
  async () => {
    const tables = await world.sql<{ name: string }>(`select oid::regclass::text as name from pg_class where relrowsecurity`)
    expect(tables.length).toBeGreaterThan(0)
    for (const { name } of tables) await world.sql(`alter table ${name} disable row level security`)

    const alone = await look(world.server)
    tellOf('row-level security off', alone)
    expect(alone.findings).toEqual([])

    // Keys for a part are held by PostgreSQL alone: without it the suite sees what they are told.
    const parted = await look(world.server, parts().slice(0, 1))
    tellOf('row-level security off, by a key for a part', parted)
    expect(parted.findings.length).toBeGreaterThan(0)

    // One who asks is enough to see that the suite would see it.
    const one = some().slice(0, 1)
    const neither = await look(await world.anotherServer(hook('everybodyMay')), one)
    tellOf('both off', neither)
    expect(neither.findings.length).toBeGreaterThan(0)

    const hurried = await look(await world.anotherServer(hook('unguarded')), one)
    tellOf('with an unguarded field, row-level security off', hurried)
    expect(new Set(hurried.findings.map(({ operation }) => operation))).toEqual(new Set(['query unguarded']))
  },
  PROVE ? 1_800_000 : 600_000,
)

import type { BrowserContext, Page } from 'playwright-core'
import { dictionary as english } from '../../client/src/lib/language/en/dictionary.ts'
import { identity as identityInEnglish } from '../../client/src/lib/language/en/identity.ts'
import { keys as keysInEnglish } from '../../client/src/lib/language/en/keys.ts'
import { members as membersInEnglish } from '../../client/src/lib/language/en/members.ts'
import { search as searchInEnglish } from '../../client/src/lib/language/en/search.ts'
import type { Dictionary } from '../../client/src/lib/language/language.ts'
import type { Like } from '../../client/src/lib/language/like.ts'
import type { Words as SearchWords } from '../../client/src/lib/search/words.ts'
import { dictionary as swedish } from '../../client/src/lib/language/sv/dictionary.ts'
import { identity as identityInSwedish } from '../../client/src/lib/language/sv/identity.ts'
import { keys as keysInSwedish } from '../../client/src/lib/language/sv/keys.ts'
import { members as membersInSwedish } from '../../client/src/lib/language/sv/members.ts'
import { search as searchInSwedish } from '../../client/src/lib/language/sv/search.ts'
import { globalId, type Actor } from '../world/actor.ts'
import { clauseOf, draftProposal, openProposal, signatoriesOf } from '../world/agreements.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { attach, png } from '../world/files.ts'
import { openBrowser, type TestBrowser } from '../world/browser.ts'
import type { Visitor } from '../world/visitor.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld, type World } from '../world/world.ts'

// Who looks, at what, and how: a window with a width, a theme and a language, in a pilot that has a little of everything.

export type Lang = 'sv' | 'en'
export type Theme = 'light' | 'dark'
export interface Look {
  readonly lang: Lang
  readonly theme: Theme
  readonly width: number
}

/** What the pages say, in the reader's language, so that a story can be told in both. */
const inSwedish = { identity: identityInSwedish, keys: keysInSwedish, members: membersInSwedish }
const words: Readonly<Record<Lang, Dictionary & Like<typeof inSwedish> & { readonly search: SearchWords }>> = {
  sv: { ...swedish, ...inSwedish, search: searchInSwedish },
  en: { ...english, identity: identityInEnglish, keys: keysInEnglish, members: membersInEnglish, search: searchInEnglish },
}
export const wordsOf = (lang: Lang) => words[lang]

/** A window, and what went wrong in it that nobody meant. */
export interface Window {
  readonly page: Page
  readonly t: ReturnType<typeof wordsOf>
  /** Console errors, failed requests and error answers since the last call. */
  readonly noise: () => string[]
  readonly close: () => Promise<void>
}

export interface Stage {
  readonly world: World
  readonly torsby: Actor
  /** Others of the cast who look at a page. */
  readonly maj: Actor
  readonly siv: Actor
  /** Somebody who has as many sockets open as one may have. */
  readonly hagfors: Actor
  readonly slug: string
  /** Stored ids of tasks, as they stand in addresses. */
  readonly tasks: {
    readonly talk: string
    readonly draft: string
    readonly archived: string
    readonly long: string
    readonly contested: string
  }
  /** Stored id of a clause that the parties talk about. */
  readonly clause: string
  /** Stored ids of proposals: one of Torsby's own, one that the parties are answering. */
  readonly proposals: { readonly draft: string; readonly open: string }
  readonly invitation: string
  readonly open: (look: Look, who?: Visitor) => Promise<Window>
  readonly close: () => Promise<void>
}

type Contexts = Map<string, Promise<BrowserContext>>

const uuidOf = (id: string) => atob(id).replace(/^\w+:/, '')

/** A second collaboration, so that somebody has two seats to choose between. */
const seatElsewhere = async (world: World, who: Actor): Promise<void> => {
  const [collaboration, party] = [crypto.randomUUID(), crypto.randomUUID()]
  await world.sql(
    `insert into collaboration (id, slug, name, purpose, time_zone, readers)
     values ($1, 'klaralvsdalen', 'Trygg i Klarälvsdalen', 'Ett andra samarbete.', 'Europe/Stockholm', '{}')`,
    [collaboration],
  )
  await world.sql(
    `insert into party (id, collaboration_id, organisation_id, name, mark, ordinal, role, readers)
     select $1, $2, party.organisation_id, 'Munkfors kommun', 'M', 1, 'SIGNATORY', '{}'
     from party join member on member.party_id = party.id where member.id = $3`,
    [party, collaboration, uuidOf(who.memberId)],
  )
  await world.sql(
    `insert into member (id, collaboration_id, party_id, person_id, name, title, roles, joined_at, readers)
     select $1, $2, $3, person_id, name, title, roles, transaction_timestamp(), '{}' from member where id = $4`,
    [crypto.randomUUID(), collaboration, party, uuidOf(who.memberId)],
  )
}

/** Something that is muted, so that the inbox has it to show. */
const mayMute = (who: Actor) =>
  who.mutate('mutation ($input: MuteReasonInput!) { muteReason(input: $input) { __typename } }', {
    input: { reason: 'PARTY_MENTIONED' },
  })

/** One thing of the inbox, for later. */
const putsOff = async (who: Actor): Promise<void> => {
  const asked = '{ viewer { inbox(first: 2) { nodes { id } } } }'
  const id = await eventually('there are two things in the inbox', async () => {
    const { viewer } = await who.query<{ viewer: { inbox: { nodes: { id: string }[] } } }>(asked)
    return viewer.inbox.nodes[1]?.id
  })
  const until = new Date(Date.now() + 3 * 86_400_000).toISOString()
  await who.mutate('mutation ($input: SnoozeNotificationsInput!) { snoozeNotifications(input: $input) { __typename } }', {
    input: { ids: [id], until },
  })
}

/** They stay open for as long as the server is. */
const fillSockets = async (who: Actor): Promise<void> => {
  const sockets = await Promise.all(Array.from({ length: 20 }, () => who.followFromNow()))
  await newTask(who, { title: 'Fönster på alla skärmar' })
  await Promise.all(sockets.map((socket) => socket.until('task.created')))
}

export const openStage = async (): Promise<Stage> => {
  const contexts: Contexts = new Map()
  const [world, browser] = await Promise.all([openWorld(), openBrowser()])
  const torsby = await world.as('Torsby')
  const [maj, siv] = [await world.as('Munkfors'), await world.as('Sunne', 'OBSERVER')]
  await seatElsewhere(world, maj)
  const hagfors = await world.as('Hagfors')
  await fillSockets(hagfors)

  const title = 'Trygghetsvandring längs Fryken'
  const draft = await newTask(torsby, { title, description: 'Ett utkast med **fet** text.\n\n- en punkt\n- en till' })
  const archived = await newTask(torsby, { title: 'En idé som fick vänta' })
  await does(torsby, 'archiveTask', { id: archived.id })
  const contested = await jointTask(torsby, { title: 'Kontaktväg efter kontorstid' })
  const long = await newTask(torsby, {
    title: `${'Brottsförebyggandesamverkansöverenskommelseuppföljningsrapport '.repeat(2)}${'x'.repeat(70)}`,
  })
  const [talk] = await world.sql<{ id: string }>(
    `select task.id from task join comment on comment.task_id = task.id
     where task.audience = 'JOINT' and task.archived_at is null group by task.id order by count(*) desc, task.id limit 1`,
  )
  if (!talk) throw new Error('nobody talks in the pilot')
  // What the pilot has on its table is agreed to and awaits signatures; another takes its place.
  const signatories = await signatoriesOf(world)
  const [pilots] = await world.sql<{ id: string }>(`select id from proposal where state = 'OPEN'`)
  for (const actor of signatories)
    await does(actor, 'answerProposal', { id: globalId('Proposal', pilots?.id ?? ''), position: 'YES' })
  const proposals = { draft: uuidOf((await draftProposal(torsby)).id), open: uuidOf(await openProposal(maj, '2')) }
  const invited = await does(torsby, 'inviteMember', {
    id: crypto.randomUUID(),
    email: 'tage@torsby.example',
    name: 'Tage Torsbystedt',
    title: 'Fritidsledare',
    roles: ['CONTRIBUTOR'],
  })
  const say = (who: Actor, text: string, more: object = {}) => {
    const about = { id: crypto.randomUUID(), task: globalId('Task', talk.id), audience: 'AS_PARENT' }
    return does(who, 'writeComment', { ...about, text, ...more })
  }
  const { subject: said } = await say(torsby, 'Jag tar med det till **tisdag**.')
  await does(torsby, 'editComment', { id: said.id, baseVersion: 1, text: 'Jag tar med det till **onsdag**.' })
  // More answers than show, one of them kept inside; of what two refer to, one of the parties knows nothing.
  for (const text of ['Bra.', 'Vi också.', 'Hur dags?', `Efter #[](task:${uuidOf(draft.id)}), kanske?`])
    await say(text.includes('#') ? torsby : maj, text, { answers: said.id })
  await say(torsby, `Vi hör med @[${maj.seat.name}](member:${maj.seat.memberId}) först.`, { answers: said.id, audience: 'OWN' })
  await mayMute(torsby)
  await putsOff(torsby)
  await attach(torsby, { task: globalId('Task', talk.id) }, 'belysning.pdf')
  await attach(
    await world.as('Polisen'),
    { task: globalId('Task', talk.id) },
    'karta över hela centrum, med gångvägar och lampor utmärkta.png',
    png(),
  )
  return {
    world,
    torsby,
    maj,
    siv,
    hagfors,
    slug: torsby.seat.slug,
    tasks: {
      talk: talk.id,
      draft: uuidOf(draft.id),
      archived: uuidOf(archived.id),
      long: uuidOf(long.id),
      contested: uuidOf(contested.id),
    },
    clause: uuidOf(await clauseOf(torsby, '1')),
    proposals,
    invitation: new URL(invited.invitationUrl ?? '', torsby.origin).search,
    open: (look, who = torsby) => openWindow(browser, contexts, look, who),
    close: async () => {
      await browser.close()
      await world.close()
    },
  }
}

/** Windows of one person with one look share what a browser keeps, as windows do. */
const openWindow = async (browser: TestBrowser, contexts: Contexts, look: Look, who: Visitor): Promise<Window> => {
  const key = JSON.stringify([look, who.cookie])
  const context = await (contexts.get(key) ?? contexts.set(key, openContext(browser, look, who)).get(key))
  if (!context) throw new Error('no window')
  const page = await context.newPage()
  const noise: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') noise.push(`console: ${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => noise.push(`thrown: ${error.message}`))
  page.on('requestfailed', (request) => {
    // A page that is left lets go of what it had asked for; that is no fault.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') noise.push(`failed: ${request.method()} ${request.url()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) noise.push(`${response.status()}: ${response.url()}`)
  })
  return { page, t: wordsOf(look.lang), noise: () => noise.splice(0), close: () => page.close() }
}

const openContext = async (browser: TestBrowser, { lang, theme, width }: Look, who: Visitor): Promise<BrowserContext> => {
  const context = await browser.open({
    baseURL: who.origin,
    viewport: { width, height: width < 500 ? 844 : 800 },
    locale: lang === 'sv' ? 'sv-SE' : 'en-GB',
    reducedMotion: 'reduce',
    hasTouch: width < 800,
    deviceScaleFactor: width < 500 ? 2 : 1,
  })
  const url = who.origin
  const [name, value] = who.cookie?.split('=') ?? []
  if (name && value) await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }])
  await context.addCookies([
    { name: 'lang', value: lang, url },
    { name: 'theme', value: theme, url },
  ])
  return context
}

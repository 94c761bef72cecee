import type { Actor, Outcome } from '../world/actor.ts'
import { eventually } from '../world/eventually.ts'
import type { World } from '../world/world.ts'
import { caughtUp } from './expected.ts'

// What the stories of mail have in common: how somebody says how to be told, and whether all is on its way.

export const addressOf = async (world: World, { seat }: Actor): Promise<string> => {
  const [row] = await world.sql<{ email: string }>(
    'select email from person join member on person_id = person.id where member.id = $1',
    [seat.memberId],
  )
  return row?.email ?? ''
}

const SETTINGS = `... on SettingsChanged { settings { id version digestAt quietFrom quietTo timeZone language channels { channel reasons } } }
  ... on InvalidInput { issues { field code } } ... on NotAllowed { code }`

export const choose = (who: Actor, channel: 'INBOX' | 'MAIL' | 'PUSH', reason: string, wanted: boolean): Promise<Outcome> =>
  who.mutate(`mutation ($input: ChooseChannelInput!) { chooseChannel(input: $input) { __typename ${SETTINGS} } }`, {
    input: { channel, reason, wanted },
  })

export const time = async (who: Actor, input: object, door: 'http' | 'live' = 'http'): Promise<unknown> => {
  const document = `mutation ($input: ChooseTimesInput!) { chooseTimes(input: $input) { __typename ${SETTINGS} } }`
  if (door === 'http') return who.mutate(document, { input })
  return (await who.askLive<Record<string, unknown>>(document, { input })).data?.['chooseTimes']
}

/** What stands in somebody's inbox for that reason. */
export const inboxTitles = async (who: Actor, reason: string): Promise<string[]> => {
  const { viewer } = await who.query<{ viewer: { inbox: { nodes: { task: { title: string } | null }[] } } }>(
    'query ($filter: InboxFilter) { viewer { inbox(filter: $filter, first: 100) { nodes { task { title } } } } }',
    { filter: { reasons: [reason] } },
  )
  return viewer.inbox.nodes.flatMap(({ task }) => (task ? [task.title] : []))
}

/** The inboxes are as far as the streams, and nothing that is due waits to be sent. */
export const allSent = async (world: World, within?: number): Promise<void> => {
  await eventually('the inboxes are as far as the streams', () => caughtUp(world), within)
  await eventually(
    'nothing that is due waits to be sent',
    async () => (await world.sql('select from delivery where sent_at is null and due_at <= now()')).length === 0,
    within,
  )
}

/** What waits for a time of day is told that it has come. */
export const due = async (world: World): Promise<void> => {
  await world.sql('update delivery set due_at = now() where sent_at is null')
  await world.sql(`update jobs.job set start_after = now() where state = 'created'`)
}

/** The ids of all letters to somebody, as their mails carry them, in order. */
export const letterIds = async (world: World, { seat }: Actor): Promise<string[]> =>
  (await world.sql<{ id: string }>('select distinct letter_id as id from delivery where member_id = $1', [seat.memberId]))
    .map(({ id }) => `<${id}@samsyn.example>`)
    .toSorted()

/** Everybody wants mail for some reasons and not for others. */
export const wishAtRandom = async (world: World, wanted: (reason: string) => boolean): Promise<void> => {
  const members = await world.sql<{ id: string; reasons: string[] }>(
    'select member_id as id, enum_range(null::"NotificationReason")::text[] as reasons from notification_settings order by member_id',
  )
  for (const { id, reasons } of members)
    await world.sql('update notification_settings set mailed = $2::text[]::"NotificationReason"[] where member_id = $1', [
      id,
      reasons.filter(wanted),
    ])
}

interface Owed {
  readonly party: string
  readonly seq: string
  readonly id: string
  readonly to: string
  readonly wanted: boolean
}

/** The letters that come of what stands after these places in the streams, and those of what stands before; as "address id". */
export const owed = async (
  world: World,
  since: ReadonlyMap<string, number>,
): Promise<{ readonly expected: string[]; readonly earlier: ReadonlySet<string> }> => {
  const rows = await world.sql<Owed>(
    `select member.party_id as party, coalesce(seq, 0) as seq, md5('MAIL' || notification.id)::uuid as id, person.email as to,
       notification.reason = any (settings.mailed) and member.joined_at is not null as wanted
     from notification join member on member.id = notification.member_id join person on person.id = member.person_id
     join notification_settings settings on settings.member_id = member.id
     left join stream_entry on stream_entry.entry_id = notification.entry_id and stream_id = member.party_id`,
  )
  const named = rows.map(({ party, seq, id, to, wanted }) => ({
    name: `${to} <${id}@samsyn.example>`,
    after: Number(seq) > (since.get(party) ?? 0),
    wanted,
  }))
  return {
    expected: named.flatMap(({ name, after, wanted }) => (after && wanted ? [name] : [])).toSorted(),
    earlier: new Set(named.flatMap(({ name, after }) => (after ? [] : [name]))),
  }
}

/** Mails that lead to a task which their receiver's party may not read. */
export const leaks = async (
  world: World,
  arrived: readonly { readonly to: string; readonly text: string }[],
): Promise<string[]> => {
  const readers = new Map(
    (await world.sql<{ id: string; readers: string[] }>('select id, readers from task')).map(({ id, readers }) => [id, readers]),
  )
  const parties = new Map(
    (
      await world.sql<{ email: string; party: string }>(
        'select email, party_id as party from person join member on member.person_id = person.id where removed_at is null',
      )
    ).map(({ email, party }) => [email, party]),
  )
  return arrived.flatMap(({ to, text }) =>
    [...text.matchAll(/\/tasks\/([0-9a-f-]{36})/g)]
      .filter(([, id]) => !readers.get(id ?? '')?.includes(parties.get(to) ?? ''))
      .map(([path]) => `${to} ${path}`),
  )
}

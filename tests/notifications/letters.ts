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

export const choose = (who: Actor, channel: 'INBOX' | 'MAIL', reason: string, wanted: boolean): Promise<Outcome> =>
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

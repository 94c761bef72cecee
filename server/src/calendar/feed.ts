import { parse } from 'graphql'
import ical, { escape, ICalEventBusyStatus, ICalEventTransparency } from 'ical-generator'
import type { Ask } from '../graph/execution.ts'
import { fromGlobalId, toGlobalId } from '../graph/globalId.ts'
import type { Words } from '../language/language.ts'
import type { Opened } from './links.ts'

/** Guards: an event says of a task what its reader may see of it now, is the same event for ever, and says when it last changed. */

const DAYS = parse(`
  query Days($filter: TaskFilter!, $owner: ID!, $after: String) {
    owner: node(id: $owner) { ... on Member { name } ... on Party { name } }
    collaboration {
      name
      tasks(filter: $filter, sort: DUE_ON, first: 100, after: $after) {
        nodes { id title state dueOn version createdAt updatedAt responsible { name } assignees { name } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`)

/** What is not yet approved: what is over is no longer in anybody's way. The first room's lists are narrowed likewise. */
const STATES = ['GIVEN', 'ONGOING', 'DELIVERED'] as const

interface Task {
  readonly id: string
  readonly title: string
  readonly state: (typeof STATES)[number]
  readonly dueOn: string | null
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly responsible: readonly { name: string }[]
  readonly assignees: readonly { name: string }[]
}

interface Page {
  readonly owner: { name: string } | null
  readonly collaboration: {
    readonly name: string
    readonly tasks: { readonly nodes: readonly Task[]; readonly pageInfo: { hasNextPage: boolean; endCursor: string | null } }
  } | null
}

export class TooManyDays extends Error {}

export interface Calendar {
  readonly opened: Opened
  readonly words: Words
  /** Where the pages of the collaboration are. */
  readonly home: string
  /** So many events at most. */
  readonly most: number
}

/** The whole calendar, as RFC 5545 writes it. */
export const calendarOf = async (ask: Ask, { opened, words, home, most }: Calendar): Promise<string> => {
  const { memberId, viewer } = opened
  const owner = memberId ? toGlobalId('Member', memberId) : toGlobalId('Party', viewer.partyId)
  const filter = { states: STATES, ...(memberId ? { assignees: [owner] } : { responsible: [owner] }) }
  const dated: (Task & { dueOn: string })[] = []
  let name = ''
  let collaboration = ''
  for (let after: string | null = null, more = true; more;) {
    const page: Page = await pageOf(ask, { filter, owner, after })
    const { nodes, pageInfo } = page.collaboration?.tasks ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }
    name = page.owner?.name ?? ''
    collaboration = page.collaboration?.name ?? ''
    // Those without a day come last.
    const days = nodes.filter(hasDay)
    dated.push(...days)
    if (dated.length > most) throw new TooManyDays()
    after = pageInfo.endCursor
    more = pageInfo.hasNextPage && days.length === nodes.length
  }
  const calendar = ical({
    // The library escapes what stands in events, and not these two.
    name: escape(`Samsyn: ${name}`, false),
    description: escape((memberId ? words.calendar.mine : words.calendar.party)(name, collaboration), false),
    prodId: { company: 'Samsyn', product: 'Samsyn', language: words.calendar.language },
    url: `${home}/tasks`,
    ttl: 60 * 60,
  })
  for (const task of dated) {
    const id = fromGlobalId('Task', task.id) ?? ''
    const changed = new Date(task.updatedAt)
    const day = new Date(`${task.dueOn}T00:00:00Z`)
    calendar.createEvent({
      id: `${id}@samsyn`,
      start: day,
      end: new Date(day.getTime() + 86_400_000),
      allDay: true,
      timezone: 'UTC',
      summary: task.title,
      description: describe(task, words),
      url: `${home}/tasks/${id}`,
      sequence: task.version - 1,
      created: new Date(task.createdAt),
      lastModified: changed,
      // Without a method, what the calendar's own moment would be is when the thing itself was last revised (RFC 5545, 3.8.7.2);
      // and so the same tasks make the same bytes.
      stamp: changed,
      // A day by which something is to be done takes nobody's time that day.
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
    })
  }
  return calendar.toString()
}

const hasDay = (task: Task): task is Task & { dueOn: string } => task.dueOn !== null

const pageOf = async (ask: Ask, variables: Readonly<Record<string, unknown>>): Promise<Page> => {
  const { data, errors } = await ask(DAYS, variables)
  const [error] = errors ?? []
  if (error) throw error.originalError ?? error
  return data as unknown as Page
}

const describe = ({ state, responsible, assignees }: Task, { state: states, field }: Words): string =>
  [
    `${field.state}: ${states[state]}`,
    ...(responsible.length > 0 ? [`${field.responsible}: ${responsible.map(({ name }) => name).join(', ')}`] : []),
    ...(assignees.length > 0 ? [`${field.assignees}: ${assignees.map(({ name }) => name).join(', ')}`] : []),
  ].join('\n')

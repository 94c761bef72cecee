import { type DocumentNode, parse } from 'graphql'
import type { Words } from '../language/language.ts'
import { activity } from './activity.ts'
import type { Connection, List, Member, Named } from './list.ts'

/**
 * Guards: a table holds what the same question gives by GraphQL, asked by the same person: here are the questions, and no
 * condition on who reads what.
 */

const PEOPLE = 'fragment Who on Member { name party { name } }'
const SIZE = 100

const document = (text: string): DocumentNode => parse(text.replaceAll('$SIZE', String(SIZE)))
/** The rows of a list that comes whole. */
const whole = <Row>(nodes: readonly Row[]): Connection<Row> => ({ nodes, pageInfo: { hasNextPage: false, endCursor: null } })
const names = (of: readonly Named[]): string => of.map(({ name }) => name).join(', ')
const who = ({ name, party }: Member): string => `${name}, ${party.name}`

interface Task {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly state: keyof Words['state']
  readonly audience: keyof Words['audience']
  readonly party: Named
  readonly sharedWith: readonly Named[]
  readonly responsible: readonly Named[]
  readonly assignees: readonly Member[]
  readonly dueOn: string | null
  readonly clause: { readonly number: string | null; readonly heading: string } | null
  readonly commentCount: number
  readonly createdAt: string
  readonly createdBy: Member
  readonly updatedAt: string
  readonly archivedAt: string | null
}

const tasks: List<Task, { collaboration: { tasks: Connection<Task> } | null }> = {
  document: document(`
    query Tasks($filter: TaskFilter, $sort: TaskSort, $after: String) {
      collaboration {
        timeZone
        tasks(filter: $filter, sort: $sort, first: $SIZE, after: $after) {
          totalCount
          nodes {
            id title description state audience dueOn commentCount createdAt updatedAt archivedAt
            party { name } sharedWith { name } responsible { name } assignees { ...Who } createdBy { ...Who }
            clause { number heading }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    } ${PEOPLE}`),
  page: ({ collaboration }) => collaboration?.tasks,
  columns: [
    ['title', ({ title }) => title],
    ['state', ({ state }, { words }) => words.state[state]],
    ['responsible', ({ responsible }) => names(responsible)],
    ['assignees', ({ assignees }) => assignees.map(who).join('; ')],
    ['dueOn', ({ dueOn }) => dueOn],
    ['audience', ({ audience }, { words }) => words.audience[audience]],
    ['sharedWith', ({ sharedWith }) => names(sharedWith)],
    ['clause', ({ clause }) => clause && [clause.number, clause.heading].filter(Boolean).join(' ')],
    ['description', ({ description }) => description],
    ['commentCount', ({ commentCount }) => commentCount],
    ['ownParty', ({ party }) => party.name],
    ['createdBy', ({ createdBy }) => who(createdBy)],
    ['createdAt', ({ createdAt }, { moment }) => moment(createdAt)],
    ['updatedAt', ({ updatedAt }, { moment }) => moment(updatedAt)],
    ['archivedAt', ({ archivedAt }, { moment }) => moment(archivedAt)],
    ['link', ({ id }, { link }) => link('tasks', id)],
  ],
}

interface Person extends Member {
  readonly title: string
  readonly roles: readonly (keyof Words['role'])[]
  readonly mandates: readonly { kind: keyof Words['mandate']; validFrom: string; validTo: string | null }[]
  readonly email: string | null
  readonly invitedAt: string
  readonly joinedAt: string | null
  readonly removedAt: string | null
}

const members: List<Person, { collaboration: { members: Connection<Person> } | null }> = {
  document: document(`
    query Members($removed: Boolean, $after: String) {
      collaboration {
        timeZone
        members(removed: $removed, first: $SIZE, after: $after) {
          totalCount
          nodes { ...Who title roles email invitedAt joinedAt removedAt mandates { kind validFrom validTo } }
          pageInfo { hasNextPage endCursor }
        }
      }
    } ${PEOPLE}`),
  page: ({ collaboration }) => collaboration?.members,
  columns: [
    ['party', ({ party }) => party.name],
    ['name', ({ name }) => name],
    ['function', ({ title }) => title],
    ['roles', ({ roles }, { words }) => roles.map((role) => words.role[role]).join(', ')],
    [
      'mandates',
      ({ mandates }, { words }) =>
        mandates
          .map(({ kind, validFrom, validTo }) => `${words.mandate[kind]}, ${validFrom} – ${validTo ?? words.until}`)
          .join('; '),
    ],
    ['email', ({ email }) => email],
    ['invitedAt', ({ invitedAt }, { moment }) => moment(invitedAt)],
    ['joinedAt', ({ joinedAt }, { moment }) => moment(joinedAt)],
    ['removedAt', ({ removedAt }, { moment }) => moment(removedAt)],
  ],
}

interface Clause {
  readonly number: string | null
  readonly heading: string
  readonly text: string
}

const clauses: List<Clause, { collaboration: { agreement: { clauses: readonly Clause[] } | null } | null }> = {
  document: document('query Clauses { collaboration { timeZone agreement { clauses { number heading text } } } }'),
  page: ({ collaboration }) => collaboration?.agreement && whole(collaboration.agreement.clauses),
  columns: [
    ['number', ({ number }) => number],
    ['heading', ({ heading }) => heading],
    ['text', ({ text }) => text],
  ],
}

interface Answer {
  readonly party: Named
  readonly position: keyof Words['position']
  readonly reason: string | null
  readonly member: Member | null
  readonly answeredAt: string | null
}

const answers: List<Answer, { node: { answers?: readonly Answer[]; awaiting: readonly Named[] } | null }> = {
  document: document(`
    query Answers($id: ID!) {
      collaboration { timeZone }
      node(id: $id) {
        ... on Proposal { answers { party { name } position reason member { ...Who } answeredAt } awaiting { name } }
      }
    } ${PEOPLE}`),
  page: ({ node }) =>
    node?.answers &&
    whole([
      ...node.answers,
      ...node.awaiting.map((party) => ({ party, position: 'AWAITING' as const, reason: null, member: null, answeredAt: null })),
    ]),
  columns: [
    ['party', ({ party }) => party.name],
    ['answer', ({ position }, { words }) => words.position[position]],
    ['reason', ({ reason }) => reason],
    ['member', ({ member }) => member?.name ?? null],
    ['answeredAt', ({ answeredAt }, { moment }) => moment(answeredAt)],
  ],
}

/** Every list that can be had as a table, by its name in the address. */
export const lists = { tasks, members, clauses, answers, activity } as const

export type ListName = keyof typeof lists
export const isListName = (name: string): name is ListName => Object.hasOwn(lists, name)

/** A list whose rows are anybody's: what a column makes of a row is known to the list alone. */
export const listOf = (name: ListName): List<unknown, unknown> => lists[name] as List<unknown, unknown>

// Whom one may mean after @, and what after #.
import type { Hub } from '#lib/graph/hub.svelte.ts'
import { uuidOf } from '#lib/graph/ids.ts'
import type { MemberThing, PartyThing, TaskState } from '#lib/ui/things.ts'
import { readClauses } from '#lib/tasks/clauses.ts'
import { FindTasks } from './documents.ts'
import { mentionOf, referenceTo } from './forms.ts'
import { readMembers } from './members.ts'

export type Suggestion = {
  id: string
  label: string
  note: string
  /** What is written when it is chosen. */
  form: string
  party?: PartyThing
  member?: MemberThing
  state?: TaskState
}

/** The sign and the words after it, just before the caret. */
export type Asked = { sign: '@' | '#'; words: string; from: number }

const most = 8

export const askedBefore = (text: string): Asked | null => {
  const match = /(?<=^|[\s(])([@#])([^\s@#[\]()][^\n@#[\]()]{0,40}|)$/.exec(text)
  return match ? { sign: match[1] as '@' | '#', words: match[2] ?? '', from: match.index } : null
}

/** Every word that was written begins a word of the name. */
const fits = (name: string, words: string) => {
  const parts = name.toLocaleLowerCase('sv').split(/[\s–-]+/)
  return words
    .toLocaleLowerCase('sv')
    .split(/\s+/)
    .every((word) => parts.some((part) => part.startsWith(word)))
}

export const suggest = async (hub: Hub, { sign, words }: Asked): Promise<Suggestion[]> =>
  (sign === '@' ? await people(hub, words) : words.trim() === '' ? [] : await things(hub, words)).slice(0, most)

const people = async (hub: Hub, words: string): Promise<Suggestion[]> => {
  const parties = hub.parties
    .filter(({ name, mark }) => fits(name, words) || mark.toLocaleLowerCase('sv') === words.toLocaleLowerCase('sv'))
    .map((party) => ({
      id: party.id,
      label: party.name,
      note: '',
      form: mentionOf('party', party.name, uuidOf(party.id)),
      party,
    }))
  const members = (await readMembers(hub))
    .filter(({ name, party }) => fits(name, words) || fits(`${name} ${party.name}`, words))
    .map((member) => ({
      id: member.id,
      label: member.name,
      note: member.party.name,
      form: mentionOf('member', member.name, uuidOf(member.id)),
      member,
    }))
  return [...parties, ...members]
}

const things = async (hub: Hub, words: string): Promise<Suggestion[]> => {
  const [tasks, clauses] = await Promise.all([
    hub.graph.read(FindTasks, { text: words.trim() }, { requestPolicy: 'network-only' }),
    readClauses(hub.graph),
  ])
  const found = (clauses.ok ? clauses.clauses : [])
    .filter(({ number, heading }) => number?.startsWith(words.trim()) || fits(heading, words))
    .slice(0, most / 2)
    .map(({ id, number, heading }) => ({
      id,
      label: `${number ?? ''} ${heading}`.trim(),
      note: '',
      form: referenceTo('clause', uuidOf(id)),
    }))
  const named = (tasks.data?.collaboration?.tasks.nodes ?? []).map(({ id, title, state }) => ({
    id,
    label: title,
    note: '',
    form: referenceTo('task', uuidOf(id)),
    state,
  }))
  return [...found, ...named]
}

// How the pilot is told. A story is plain data: who sits at the table, and for every task what it is today and what has
// happened to it, in order. `replay.ts` turns it into rows and journal entries, `story.test.ts` checks that it holds together.
//
// Time is told in working days before today, so that the board looks alive whenever it is planted and nobody works on a
// Sunday. Texts therefore name no month and no weekday.

/** A party by its mark on the board: Sunne, Torsby, Hagfors, Munkfors, Polisen, Region Värmland. */
export type PartyKey = 'S' | 'T' | 'H' | 'M' | 'P' | 'R'

/** A member by first name; the first letter is the party's mark. */
export type MemberKey =
  'saga' | 'sixten' | 'siv' | 'torbjorn' | 'tuva' | 'hilda' | 'henning' | 'maj' | 'moa' | 'pia' | 'pontus' | 'ragna' | 'rune'

export type TaskState = 'GIVEN' | 'ONGOING' | 'DELIVERED' | 'APPROVED'
export type MemberRole = 'COORDINATOR' | 'CONTRIBUTOR' | 'OBSERVER' | 'ADMIN'
export type OrganisationKind = 'MUNICIPALITY' | 'POLICE' | 'REGION' | 'BUSINESS'
/** `OWN`: the owning party alone. A list: those parties too. `JOINT`: all signatories and associates. */
export type Audience = 'OWN' | 'JOINT' | PartyKey[]

export type StoryCollaboration = { id: string; slug: string; name: string; purpose: string; timeZone: string }

export type StoryParty = {
  key: PartyKey
  id: string
  ordinal: number
  name: string
  role: 'SIGNATORY' | 'ASSOCIATE'
  organisation: { id: string; name: string; kind: OrganisationKind; municipalityCode?: string }
}

export type StoryMember = {
  key: MemberKey
  id: string
  personId: string
  party: PartyKey
  name: string
  email: string
  title: string
  roles: MemberRole[]
  mandates: { id: string; kind: 'SIGN' | 'VOTE'; validFrom: string }[]
  /** Working days from today. */
  invited: number
  joined: number
}

/** What `edited` may change. `due` counts working days from today; null is no last day. */
export type TaskFields = { title: string; description: string; due: number | null }
export type TaskHands = { responsible: PartyKey[]; assignees: MemberKey[] }

export type StoryTask = TaskFields &
  TaskHands & {
    /** Makes the ids of the task and of its comments. Never reused, never changed. */
    number: number
    party: PartyKey
    audience: Audience
    state: TaskState
    /** The clause of the agreement that it comes of, by its number in `agreement.ts`. */
    clause?: number
    archived?: true
    /** What was different when the task was created. Else: as today, given, own, in the hands of whoever created it. */
    initially?: Partial<TaskFields>
    /** In order. The first event is `created`. */
    history: StoryEvent[]
  }

/** `day` in working days from today, -1 is the latest; `time` in the collaboration's zone. */
type Moment = { day: number; time: string; by: MemberKey }

export type StoryEvent = Moment &
  (
    | { did: 'created' | 'archived' | 'restored' }
    | { did: 'edited'; fields: Partial<TaskFields> }
    | { did: 'assigned'; hands: Partial<TaskHands> }
    | { did: 'moved'; to: TaskState }
    | { did: 'shared'; audience: Audience }
    /** `n` is the comment's number within the task. */
    | { did: 'commented'; n: number; audience: 'AS_PARENT' | 'OWN'; text: string }
    | { did: 'reworded'; n: number; text: string }
    | { did: 'withdrew'; n: number }
  )

export type Pilot = { collaboration: StoryCollaboration; parties: StoryParty[]; members: StoryMember[]; tasks: StoryTask[] }

// The verbs, so that a history reads line by line: created(-104, '09:12', 'saga').

export const created = (day: number, time: string, by: MemberKey): StoryEvent => ({ day, time, by, did: 'created' })

export const edited = (day: number, time: string, by: MemberKey, fields: Partial<TaskFields>): StoryEvent => ({
  day,
  time,
  by,
  did: 'edited',
  fields,
})

export const assigned = (day: number, time: string, by: MemberKey, hands: Partial<TaskHands>): StoryEvent => ({
  day,
  time,
  by,
  did: 'assigned',
  hands,
})

export const moved = (day: number, time: string, by: MemberKey, to: TaskState): StoryEvent => ({
  day,
  time,
  by,
  did: 'moved',
  to,
})

export const shared = (day: number, time: string, by: MemberKey, audience: 'JOINT' | PartyKey[]): StoryEvent => ({
  day,
  time,
  by,
  did: 'shared',
  audience,
})

export const archived = (day: number, time: string, by: MemberKey): StoryEvent => ({ day, time, by, did: 'archived' })

/** A comment for all who can read the task. */
export const commented = (day: number, time: string, by: MemberKey, n: number, text: string): StoryEvent => ({
  day,
  time,
  by,
  n,
  text,
  did: 'commented',
  audience: 'AS_PARENT',
})

/** A comment for the writer's own party alone. */
export const noted = (day: number, time: string, by: MemberKey, n: number, text: string): StoryEvent => ({
  day,
  time,
  by,
  n,
  text,
  did: 'commented',
  audience: 'OWN',
})

export const reworded = (day: number, time: string, by: MemberKey, n: number, text: string): StoryEvent => ({
  day,
  time,
  by,
  n,
  text,
  did: 'reworded',
})

export const withdrew = (day: number, time: string, by: MemberKey, n: number): StoryEvent => ({
  day,
  time,
  by,
  did: 'withdrew',
  n,
})

/** Markdown in the source's own indentation: the common indentation and the outer blank lines go away. */
export function prose(parts: TemplateStringsArray): string {
  const lines = parts.join('').replace(/^\n/, '').trimEnd().split('\n')
  const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length)
  const margin = Math.min(...indents)
  return lines.map((line) => line.slice(margin).trimEnd()).join('\n')
}

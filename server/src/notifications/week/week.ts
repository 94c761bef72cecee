import type { Happening } from './week.document.ts'

/** What a party did to a thing that the others have to know of, the weightiest first. */
const DEEDS = ['entered', 'signed', 'proposed', 'answered', 'delivered', 'shared'] as const
export type Deed = (typeof DEEDS)[number]

export interface Done {
  readonly deed: Deed
  readonly subject: NonNullable<Happening['subject']>
}

/** What one party did in the week: the first of it by name, how much more there was, and how much it said. */
export interface PartyWeek {
  readonly party: string
  readonly done: readonly Done[]
  readonly more: number
  readonly comments: number
}

/** A letter is to be read: of each party so many lines. */
const MOST_LINES = 6

const deedOf = ({ kind, changes }: Happening): Deed | undefined => {
  const delivered = changes.some(({ field, to }) => field === 'state' && to?.includes('DELIVERED'))
  if (kind === 'task.moved') return delivered ? 'delivered' : undefined
  return DEED_OF[kind]
}
const DEED_OF: Readonly<Record<string, Deed>> = {
  'task.shared': 'shared',
  'proposal.opened': 'proposed',
  'proposal.answered': 'answered',
  'version.signed': 'signed',
  'version.entered': 'entered',
}

/** By party, whoever did something last first; each deed to a thing once. Own drafts and what has gone out of reach are left out. */
export const weekOf = (happenings: readonly Happening[]): PartyWeek[] => {
  const parties = new Map<string, { party: string; done: Map<string, Done>; comments: number }>()
  for (const happening of happenings) {
    const { kind, party, subject } = happening
    const deed = deedOf(happening)
    const said = kind === 'comment.written' && !subject?.withdrawnAt
    if (!party || !subject || !(deed || said)) continue
    const week = parties.get(party.id) ?? { party: party.name, done: new Map<string, Done>(), comments: 0 }
    if (deed) week.done.set(`${deed} ${subject.id}`, { deed, subject })
    else week.comments += 1
    parties.set(party.id, week)
  }
  return [...parties.values()].map(({ party, done, comments }) => {
    const all = [...done.values()].toSorted((one, other) => DEEDS.indexOf(one.deed) - DEEDS.indexOf(other.deed))
    return { party, done: all.slice(0, MOST_LINES), more: Math.max(0, all.length - MOST_LINES), comments }
  })
}

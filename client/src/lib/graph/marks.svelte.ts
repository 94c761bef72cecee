// Guards: what one did oneself is not announced, and a catching up is announced as one.
import type { Change } from './changes.ts'
import type { MemberName, Party } from './subjects.ts'

export type Mark = { kind: string; at: string; actor: MemberName | null; party: Party | null }
export type News = Mark & { title: string | null }

const shownFor = 4_000
/** More than this at once is a catching up, not something to look at one by one. */
const few = 20

/** What others have just changed: a mark on each thing for a moment, and news for one polite announcement. */
export class Marks {
  readonly #me: string
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()
  #shown = $state.raw<ReadonlyMap<string, Mark>>(new Map())
  #news = $state.raw<readonly News[]>([])

  constructor(me: string) {
    this.#me = me
  }

  get shown() {
    return this.#shown
  }

  /** The latest batch, for one announcement. */
  get news() {
    return this.#news
  }

  note(changes: readonly Change[]) {
    const others = changes.filter(({ actor }) => actor?.id !== this.#me)
    if (others.length === 0) return
    this.#news = others.map((change) => ({ ...markOf(change), title: titleOf(change) }))
    if (others.length > few) return
    const shown = new Map(this.#shown)
    for (const change of others) for (const id of thingsOf(change)) shown.set(id, this.#start(id, markOf(change)))
    this.#shown = shown
  }

  clear() {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  #start(id: string, mark: Mark) {
    clearTimeout(this.#timers.get(id))
    this.#timers.set(
      id,
      setTimeout(() => {
        this.#timers.delete(id)
        this.#shown = new Map([...this.#shown].filter(([other]) => other !== id))
      }, shownFor),
    )
    return mark
  }
}

const markOf = ({ kind, at, actor, party }: Change): Mark => ({ kind, at, actor, party })
const titleOf = ({ subject }: Change) =>
  subject?.__typename === 'Task' || subject?.__typename === 'Proposal' || subject?.__typename === 'AgreementVersion'
    ? subject.title
    : subject?.__typename === 'Member' || subject?.__typename === 'Party'
      ? subject.name
      : subject?.__typename === 'File'
        ? subject.name || null
        : null

/** A comment also marks what it is about. */
const thingsOf = ({ subjectId, subject }: Change) =>
  subject?.__typename === 'Comment'
    ? [subjectId, subject.task?.id ?? subject.clause?.id].filter((id) => id !== undefined)
    : [subjectId]

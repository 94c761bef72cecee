// An agreement while somebody rewrites it. The draft is the text as it is to be; which steps lead there from the version it stands
// on is worked out afterwards, so that moving a clause there and back leaves no trace, and any one change can be taken back alone.

/** How many levels of clauses an agreement has at most. */
const levels = 4

export type Words = { heading: string; text: string }
export type Placed = Words & { id: string; parentId: string | null }
export type Step = {
  kind: 'CHANGE' | 'ADD' | 'MOVE' | 'REMOVE'
  clauseId: string
  parentId: string | null
  afterId: string | null
  heading: string | null
  text: string | null
}
export type Row = Placed & {
  number: string
  depth: number
  state: 'same' | 'added' | 'removed'
  changed: boolean
  moved: boolean
}

type Place = { parentId: string | null; afterId: string | null }

/** The longest part of the sequence that rises: those who need not move. */
const rising = (sequence: readonly number[]): Set<number> => {
  const best: number[][] = []
  for (const value of sequence) {
    const before = best.findLast((run) => (run.at(-1) ?? -1) < value) ?? []
    best[before.length] = [...before, value]
  }
  return new Set(best.at(-1))
}

export class Tree {
  readonly #base: readonly Placed[]
  readonly #words: ReadonlyMap<string, Words>
  readonly #children: ReadonlyMap<string | null, readonly string[]>

  private constructor(
    base: readonly Placed[],
    words: ReadonlyMap<string, Words>,
    children: ReadonlyMap<string | null, readonly string[]>,
  ) {
    this.#base = base
    this.#words = words
    this.#children = children
  }

  /** The text in reading order, as a version has it. */
  static of(base: readonly Placed[]): Tree {
    const words = new Map(base.map(({ id, heading, text }) => [id, { heading, text }]))
    const children = new Map<string | null, string[]>()
    for (const { id, parentId } of base) children.set(parentId, [...(children.get(parentId) ?? []), id])
    return new Tree(base, words, children)
  }

  /** A saved draft, opened again. A step that no longer fits is left out. */
  after(steps: readonly Step[]): Tree {
    return steps.reduce<Tree>((tree, { kind, clauseId, parentId, afterId, heading, text }) => {
      if (kind === 'ADD') return tree.add(clauseId, { parentId, afterId }, { heading: heading ?? '', text: text ?? '' })
      if (!tree.#words.has(clauseId)) return tree
      const now = tree.words(clauseId)
      if (kind === 'CHANGE') return tree.write(clauseId, { heading: heading ?? now.heading, text: text ?? now.text })
      return kind === 'MOVE' ? tree.put(clauseId, { parentId, afterId }) : tree.remove(clauseId)
    }, this)
  }

  words(id: string): Words {
    return this.#words.get(id) ?? { heading: '', text: '' }
  }

  has(id: string) {
    return this.#words.has(id)
  }

  write(id: string, words: Words): Tree {
    return this.#with(new Map(this.#words).set(id, words), this.#children)
  }

  add(id: string, { parentId, afterId }: Place, words: Words): Tree {
    if (parentId !== null && !this.has(parentId)) return this
    return this.#with(new Map(this.#words).set(id, words), this.#inserted(this.#children, id, { parentId, afterId }))
  }

  /** Puts a clause with all below it in another place; nothing is ever put below itself. */
  put(id: string, place: Place): Tree {
    const { parentId } = place
    if (parentId !== null && (!this.has(parentId) || this.#family(id).has(parentId))) return this
    return this.#with(this.#words, this.#inserted(this.#without(id), id, place))
  }

  /** Takes a clause out, with all below it. */
  remove(id: string): Tree {
    const family = this.#family(id)
    const words = new Map([...this.#words].filter(([key]) => !family.has(key)))
    const children = new Map([...this.#without(id)].filter(([key]) => key === null || !family.has(key)))
    return this.#with(words, children)
  }

  /** Where a clause may go with one press of a key; null where that way is closed. */
  place(id: string, way: 'up' | 'down' | 'in' | 'out'): Place | null {
    const parentId = this.parentOf(id)
    const siblings = this.#below(parentId)
    const at = siblings.indexOf(id)
    if (way === 'up') return at > 0 ? { parentId, afterId: siblings[at - 2] ?? null } : null
    if (way === 'down') return at < siblings.length - 1 ? { parentId, afterId: siblings[at + 1] ?? null } : null
    if (way === 'out') return parentId === null ? null : { parentId: this.parentOf(parentId), afterId: parentId }
    const above = siblings[at - 1]
    if (above === undefined || this.#level(id) + this.#height(id) >= levels) return null
    return { parentId: above, afterId: this.#below(above).at(-1) ?? null }
  }

  mayHoldMore(id: string) {
    return this.#level(id) < levels
  }

  parentOf(id: string): string | null {
    for (const [parent, ids] of this.#children) if (ids.includes(id)) return parent
    return null
  }

  /** What leads here from the base, in an order in which every step finds what it names. */
  get steps(): Step[] {
    const before = new Map(this.#base.map((clause) => [clause.id, clause]))
    const moved = this.#moved
    const steps: Step[] = []
    for (const { id, parentId, afterId } of this.#walk()) {
      const { heading, text } = this.words(id)
      const was = before.get(id)
      if (!was) steps.push({ kind: 'ADD', clauseId: id, parentId, afterId, heading, text })
      else {
        if (moved.has(id)) steps.push({ kind: 'MOVE', clauseId: id, parentId, afterId, heading: null, text: null })
        if (was.heading !== heading || was.text !== text)
          steps.push({ kind: 'CHANGE', clauseId: id, parentId: null, afterId: null, heading, text })
      }
    }
    // What stood under it goes with it.
    const gone = this.#base.filter(({ id, parentId }) => !this.has(id) && (parentId === null || this.has(parentId)))
    const removed = { parentId: null, afterId: null, heading: null, text: null }
    return [...steps, ...gone.map(({ id }): Step => ({ kind: 'REMOVE', clauseId: id, ...removed }))]
  }

  /** Takes one step back and leaves the others. */
  without({ kind, clauseId }: Pick<Step, 'kind' | 'clauseId'>): Tree {
    const was = this.#base.find(({ id }) => id === clauseId)
    if (!was) return this.#emptied(clauseId).remove(clauseId)
    if (kind === 'CHANGE') return this.write(clauseId, was)
    if (kind === 'MOVE') return this.put(clauseId, this.#basePlace(was))
    const below = this.#base.filter(({ id }) => this.#stoodUnder(id, clauseId))
    return below.reduce<Tree>((tree, clause) => tree.#restored(clause), this.#restored(was))
  }

  /** The text as it is to be, with what goes away still standing where it stood. */
  get rows(): Row[] {
    const before = new Map(this.#base.map((clause) => [clause.id, clause]))
    const moved = this.#moved
    const rows = this.#walk().map(({ id, parentId, number, depth }): Row => {
      const words = this.words(id)
      const was = before.get(id)
      const changed = was !== undefined && (was.heading !== words.heading || was.text !== words.text)
      return { id, parentId, number, depth, ...words, state: was ? 'same' : 'added', changed, moved: moved.has(id) }
    })
    let last = -1
    for (const clause of this.#base) {
      const at = rows.findIndex(({ id }) => id === clause.id)
      if (at >= 0) last = at
      else rows.splice(++last, 0, { ...clause, number: '', depth: 0, state: 'removed', changed: false, moved: false })
    }
    return rows
  }

  #with(words: ReadonlyMap<string, Words>, children: ReadonlyMap<string | null, readonly string[]>) {
    return new Tree(this.#base, words, children)
  }

  #below(parent: string | null): readonly string[] {
    return this.#children.get(parent) ?? []
  }

  #family(id: string): Set<string> {
    return new Set([id, ...this.#below(id).flatMap((child) => [...this.#family(child)])])
  }

  #level(id: string): number {
    const parent = this.parentOf(id)
    return parent === null ? 1 : this.#level(parent) + 1
  }

  #height(id: string): number {
    return 1 + Math.max(0, ...this.#below(id).map((child) => this.#height(child)))
  }

  #without(id: string) {
    return new Map([...this.#children].map(([parent, ids]) => [parent, ids.filter((other) => other !== id)]))
  }

  #inserted(children: ReadonlyMap<string | null, readonly string[]>, id: string, { parentId, afterId }: Place) {
    const siblings = [...(children.get(parentId) ?? [])]
    const at = afterId === null ? 0 : siblings.indexOf(afterId) + 1 || siblings.length
    siblings.splice(at, 0, id)
    return new Map(children).set(parentId, siblings)
  }

  #walk(parentId: string | null = null, above = '', depth = 0) {
    const siblings = this.#below(parentId)
    return siblings.flatMap((id, index): (Place & { id: string; number: string; depth: number })[] => {
      const number = above ? `${above}.${index + 1}` : String(index + 1)
      return [{ id, parentId, afterId: siblings[index - 1] ?? null, number, depth }, ...this.#walk(id, number, depth + 1)]
    })
  }

  /** Those that stand under another clause, or in another order among those that stayed; as few as possible. */
  get #moved(): Set<string> {
    const place = new Map(this.#base.map(({ id, parentId }, index) => [id, { index, parentId }]))
    const moved = new Set<string>()
    for (const [parent, ids] of this.#children) {
      const stayed = ids.filter((id) => place.get(id)?.parentId === parent)
      const still = rising(stayed.map((id) => place.get(id)?.index ?? 0))
      for (const id of ids) if (place.has(id) && !(stayed.includes(id) && still.has(place.get(id)?.index ?? -1))) moved.add(id)
    }
    return moved
  }

  /** After the nearest one before it that still stands under the same clause. */
  #basePlace({ id, parentId }: Placed): Place {
    const siblings = this.#base.filter((clause) => clause.parentId === parentId).map((clause) => clause.id)
    const before = siblings.slice(0, siblings.indexOf(id)).findLast((other) => this.#below(parentId).includes(other))
    return { parentId, afterId: before ?? null }
  }

  #stoodUnder(id: string, above: string): boolean {
    const parent = this.#base.find((clause) => clause.id === id)?.parentId ?? null
    return parent !== null && (parent === above || this.#stoodUnder(parent, above))
  }

  /** Puts back what is gone, and what stood above it too, or it would have nowhere to stand. */
  #restored(clause: Placed): Tree {
    if (this.has(clause.id)) return this
    const parent = this.#base.find(({ id }) => id === clause.parentId)
    const tree = parent ? this.#restored(parent) : this
    return tree.add(clause.id, tree.#basePlace(clause), clause)
  }

  /** What was moved into a new clause goes back before the clause does. */
  #emptied(id: string): Tree {
    return this.#below(id).reduce<Tree>((tree, child) => {
      const was = this.#base.find((clause) => clause.id === child)
      return was ? tree.without({ kind: 'MOVE', clauseId: child }) : tree.#emptied(child)
    }, this)
  }
}

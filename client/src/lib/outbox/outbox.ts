// Guards: nothing that was typed is lost, and nothing happens twice.
//
// What has been done here and not yet been answered. Acts wait between the cache, where they show at once, and the network: kept over
// a reload, sent in order where they touch the same thing, again and again until there is an answer, each under its own idempotency
// key. So nothing that was typed is lost, and nothing happens twice.
import { createRequest, makeOperation, stringifyDocument, type Exchange, type Operation, type OperationResult } from '@urql/core'
import { filter, makeSubject, merge, pipe, share } from 'wonka'
import { globalId } from '#lib/graph/ids.ts'
import { recall, storedId } from '#lib/graph/minted.ts'
import { optimistic } from '#lib/graph/optimistic.ts'
import { problemOf, problemOfError, type Failure, type Problem } from '#lib/graph/outcome.ts'
import type { Kept, Shelf } from './kept.ts'

const shortest = 1_000
const longest = 15_000
const failing = new Set(['InvalidInput', 'Conflict', 'NotAllowed', 'NotFound', 'TryAgain'])
/** What passes by itself: the act waits, and is sent again. */
const passing: ReadonlySet<Problem['kind']> = new Set(['offline', 'busy', 'unanswered', 'hurried', 'signed-out'])
const subjectType: Readonly<Record<string, string>> = { createTask: 'Task', writeComment: 'Comment' }

type Answer = { readonly __typename: string }

export class Outbox {
  #acts: readonly Kept[] = []
  #shelf: Shelf | null = null
  readonly #operations = new Map<string, Operation>()
  /** Keys of acts whose answer is awaited. */
  readonly #flying = new Set<string>()
  /** Keys of acts that had to wait, or came from an earlier page: nobody may be left who would show why they are refused. */
  readonly #late = new Set<string>()
  /** Keys of acts that were refused for haste, until they are answered. */
  readonly #hurried = new Set<string>()
  /** What fields were set to by acts of this page, to know one's own words when they come back as a conflict. */
  readonly #said = new Map<string, unknown>()
  readonly #listeners = new Set<() => void>()
  #send: (operation: Operation) => void = () => {}
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** An answer is in: the cache takes it with the last one that is awaited. */
  #answered = false

  /** Acts without an answer. */
  get waiting(): readonly Kept[] {
    return this.#acts.filter(({ problem }) => problem === null)
  }

  /** Acts that were not done, for whoever did them to see. */
  get failed(): readonly Kept[] {
    return this.#acts.filter(({ problem }) => problem !== null)
  }

  /** Answers are held back in the cache until all are in; what arrived later must not be put under them. */
  get owes() {
    return this.#answered && this.waiting.length > 0
  }

  /** Whether something waits because one has done too much in a minute; the line is open. */
  get hurried() {
    return this.waiting.some(({ key }) => this.#hurried.has(key))
  }

  onChange(run: () => void) {
    this.#listeners.add(run)
    return () => this.#listeners.delete(run)
  }

  /** From here on acts are kept; those left behind by an earlier page are done again, by `execute`. */
  async open(shelf: Shelf | null, execute: (request: ReturnType<typeof createRequest>) => void) {
    this.#shelf = shelf
    const left = (await shelf?.adopt()) ?? []
    const known = new Set(this.#acts.map(({ key }) => key))
    const mine = left.filter(({ key }) => !known.has(key))
    this.#acts = [...mine, ...this.#acts]
    for (const act of mine) this.#late.add(act.key)
    for (const { problem, document, input, subject, key } of mine) {
      if (typeof input.id === 'string') recall(input.id, subject)
      if (problem === null) execute(createRequest(document, { input: { ...input, idempotencyKey: key } }))
    }
    this.#changed()
  }

  /** The line may be open again. */
  retry() {
    clearTimeout(this.#timer)
    this.#failures = 0
    this.#advance()
  }

  /** Seen: it is kept no longer. */
  dismiss(key: string) {
    this.#forget(key)
    this.#changed()
  }

  readonly exchange: Exchange = ({ forward }) => {
    const due = makeSubject<Operation>()
    this.#send = due.next
    return (operations) => {
      const shared = share(operations)
      const through = pipe(
        shared,
        filter((operation) => !this.#take(operation)),
      )
      return pipe(
        forward(merge([through, due.source])),
        filter((result) => this.#settles(result)),
      )
    }
  }

  /** Only what shows at once waits: what depends on others (sharing, inviting) is done now or not at all. */
  #take(operation: Operation): boolean {
    if (operation.kind !== 'mutation') return false
    const definition = operation.query.definitions.find((one) => one.kind === 'OperationDefinition')
    const selection = definition?.selectionSet.selections[0]
    const field = selection?.kind === 'Field' ? selection.name.value : ''
    if (!(field in optimistic)) return false
    const { idempotencyKey: key, ...input } = (operation.variables as { input: Record<string, unknown> }).input
    if (typeof key !== 'string') return false
    this.#operations.set(key, operation)
    if (!this.#acts.some((act) => act.key === key)) {
      const base = (operation.context.base ?? {}) as Kept['base']
      const subject = subjectOf(field, input)
      const ids = Array.isArray(input.ids) ? (input.ids as unknown[]) : []
      const things = [...new Set([subject, input.id, input.task, input.clause, input.after, ...ids])].filter(
        (id) => typeof id === 'string',
      )
      const document = stringifyDocument(operation.query)
      this.#keep({ key, field, document, input, subject, things, base, at: new Date().toISOString(), sent: false, problem: null })
    }
    this.#changed()
    this.#advance()
    return true
  }

  /** Sends what nothing older stands in the way of. */
  #advance() {
    const taken = new Set<string>()
    for (const act of this.waiting) {
      const free = !act.things.some((thing) => taken.has(thing))
      for (const thing of act.things) taken.add(thing)
      const operation = this.#operations.get(act.key)
      if (!free || !operation || this.#flying.has(act.key)) continue
      this.#flying.add(act.key)
      this.#keep({ ...act, sent: true })
      const variables = { input: { ...act.input, idempotencyKey: act.key } }
      this.#send(makeOperation('mutation', { ...operation, variables }, operation.context))
    }
  }

  /** False for a result that is no answer, or not yet the last word. */
  #settles(result: OperationResult): boolean {
    const key = (result.operation.variables as { input?: { idempotencyKey?: string } } | undefined)?.input?.idempotencyKey
    const act = this.#acts.find((one) => one.key === key)
    if (result.operation.kind !== 'mutation' || !act || !this.#flying.delete(act.key)) return true
    const answer = Object.values((result.data ?? {}) as Record<string, Answer | null>).find((value) => value !== null)
    const problem = problemIn(result, answer)
    if (problem?.kind === 'hurried') this.#hurried.add(act.key)
    else this.#hurried.delete(act.key)
    if (problem && passing.has(problem.kind)) {
      this.#late.add(act.key)
      this.#later(problem)
      this.#changed()
      return false
    }
    this.#failures = 0
    if (problem?.kind === 'conflict' && this.#isOwn(act, problem)) {
      this.#keep({ ...act, input: { ...act.input, baseVersion: problem.version }, sent: false })
      this.#advance()
      return false
    }
    this.#answered = true
    if (problem) this.#refuse(act, problem)
    else this.#done(act, answer)
    this.#advance()
    if (this.waiting.length === 0) this.#answered = false
    // The cache takes the answer first: whoever listens looks there.
    queueMicrotask(() => this.#changed())
    return true
  }

  #done(act: Kept, answer: Answer | undefined) {
    for (const [field, value] of Object.entries(act.input)) this.#said.set(`${act.subject} ${field}`, value)
    this.#forget(act.key)
    const version = versionIn(answer)
    if (version === null) return
    // Those who wrote on after an act of their own saw what it made. Only when nobody else's came between.
    for (const next of this.waiting)
      if (next.subject === act.subject && !next.sent && next.input.baseVersion === version - 1)
        this.#keep({ ...next, input: { ...next.input, baseVersion: version } })
  }

  #refuse(act: Kept, problem: Problem) {
    // A conflict stays until it is resolved; what else is refused is told by the page that did it, if it is still there.
    if (problem.kind === 'conflict' || this.#late.has(act.key)) this.#keep({ ...act, problem })
    else this.#forget(act.key)
  }

  /** Whether all that stands in the way is what one has said oneself. */
  #isOwn({ subject }: Kept, { conflicts }: Extract<Problem, { kind: 'conflict' }>): boolean {
    return conflicts.every(({ field, current }) => {
      const said = this.#said.get(`${subject} ${field}`)
      return said !== undefined && JSON.stringify([said ?? null].flat()) === JSON.stringify(current ?? [null])
    })
  }

  #later(problem: Problem) {
    clearTimeout(this.#timer)
    const wait = 'retryAfter' in problem ? problem.retryAfter : Math.min(longest, shortest * 2 ** this.#failures++)
    this.#timer = setTimeout(() => this.#advance(), wait)
  }

  #keep(act: Kept) {
    const at = this.#acts.findIndex(({ key }) => key === act.key)
    this.#acts = at < 0 ? [...this.#acts, act] : this.#acts.with(at, act)
    this.#shelf?.put(act).catch(() => {})
  }

  #forget(key: string) {
    this.#acts = this.#acts.filter((act) => act.key !== key)
    this.#operations.delete(key)
    this.#late.delete(key)
    this.#shelf?.drop(key).catch(() => {})
  }

  #changed() {
    for (const run of this.#listeners) run()
  }
}

const subjectOf = (field: string, { id }: Readonly<Record<string, unknown>>): string => {
  const given = typeof id === 'string' ? id : ''
  const type = subjectType[field]
  return type ? globalId(type, storedId(given)) : given
}

const problemIn = (result: OperationResult, answer: Answer | undefined): Problem | null => {
  if (result.error) return problemOfError(result.error)
  if (!answer) return { kind: 'broken', reference: null }
  return failing.has(answer.__typename) ? problemOf(answer as Failure) : null
}

/** The version that the answer's subject has now: it is the one object in the answer with a version. */
const versionIn = (answer: Answer | undefined): number | null => {
  for (const value of Object.values(answer ?? {}) as unknown[])
    if (typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'number')
      return value.version
  return null
}

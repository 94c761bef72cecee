import type { Graph } from '#lib/graph/graph.ts'
import type { Language } from '#lib/language/language.ts'
import { FileRulesQuery } from './documents.ts'
import { sendFile, type Sent } from './send.ts'
import { sizeIn, type FileWords } from './words.ts'

/** One file that somebody has chosen, from then until it is where it was meant to be, or was not taken. */
export class Sending {
  readonly id = crypto.randomUUID()
  readonly file: File
  readonly #aborting = new AbortController()
  /** How much of it has been sent, from 0 to 1; null before its turn. */
  part: number | null = $state(null)
  /** What it became, once the hub has taken it. */
  upload: string | null = $state(null)
  error: string | null = $state(null)

  constructor(file: File) {
    this.file = file
  }

  get signal() {
    return this.#aborting.signal
  }

  cancel() {
    this.#aborting.abort()
  }
}

type Arrived = (sending: Sending) => Promise<string | null>

/** Files on their way, one after the other. `arrived` does what is to be done with each; it returns what went wrong, in words. */
export class Sendings {
  readonly #graph: Graph
  readonly #language: Pick<Language, 'format'>
  readonly #words: FileWords
  readonly #arrived: Arrived | undefined
  all = $state.raw<readonly Sending[]>([])
  #tail: Promise<void> = Promise.resolve()

  constructor(graph: Graph, language: Pick<Language, 'format'>, words: FileWords, arrived?: Arrived) {
    this.#graph = graph
    this.#language = language
    this.#words = words
    this.#arrived = arrived
  }

  /** Whether something is still to come of any of them. */
  get busy() {
    return this.all.some(({ upload, error }) => upload === null && error === null)
  }

  get uploads(): readonly string[] {
    return this.all.flatMap(({ upload }) => (upload === null ? [] : [upload]))
  }

  add(files: Iterable<File>) {
    const added = [...files].map((file) => new Sending(file))
    this.all = [...this.all, ...added]
    for (const sending of added) this.#tail = this.#tail.then(() => this.#send(sending))
  }

  /** Lets go of it, whatever has come of it. */
  drop(sending: Sending) {
    sending.cancel()
    this.all = this.all.filter((other) => other !== sending)
  }

  clear() {
    for (const sending of this.all) sending.cancel()
    this.all = []
  }

  async #send(sending: Sending) {
    if (sending.signal.aborted) return
    sending.error = await this.#refusedHere(sending.file)
    if (sending.error !== null) return
    sending.part = 0
    const { slug } = this.#graph
    const sent = await sendFile(slug ?? '', sending.file, (part) => (sending.part = part), sending.signal)
    if (sent.kind === 'sent') {
      sending.upload = sent.upload
      if (!this.#arrived) return
      sending.error = await this.#arrived(sending)
      if (sending.error === null) this.drop(sending)
      else sending.upload = null
    } else if (sent.kind !== 'cancelled') sending.error = this.#wordsFor(sent)
  }

  /** What the hub would refuse without having looked inside. */
  async #refusedHere(file: File): Promise<string | null> {
    const rules = (await this.#graph.read(FileRulesQuery, {})).data?.fileRules
    if (!rules) return null
    if (file.size > rules.mostBytes) return this.#wordsFor({ kind: 'refused', code: 'TOO_LARGE', limit: rules.mostBytes })
    const ending = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase()
    return rules.endings.includes(ending) ? null : this.#wordsFor({ kind: 'refused', code: 'KIND', limit: null })
  }

  #wordsFor(sent: Exclude<Sent, { kind: 'sent' | 'cancelled' }>): string {
    if (sent.kind !== 'refused') return sent.kind === 'offline' ? this.#words.offline : this.#words.broken
    const refused: Readonly<Record<string, (limit: string | null) => string>> = this.#words.refused
    const { code, limit } = sent
    const bound = limit === null ? null : code === 'TOO_LARGE' ? sizeIn(limit, this.#language) : String(limit)
    return refused[code]?.(bound) ?? this.#words.broken
  }
}

import { setTimeout as delay } from 'node:timers/promises'
import { mint, type Actor } from '../world/actor.ts'
import { act, type Done, type Input, type Verb } from '../world/acts.ts'
import type { Chance } from './chance.ts'
import type { Lives } from './lives.ts'

/** What the hub has said was done. */
export interface Acknowledged {
  readonly verb: Verb
  readonly party: string
  /** The party's own: nobody else may be told of it. */
  readonly own: boolean
  readonly subject: string
  readonly version: number
}

/** What all writers were answered, or not. */
export class Ledger {
  readonly acknowledged: Acknowledged[] = []
  /** Acts whose answer was lost and that were not tried again: they may have happened. */
  unknown = 0
  /** Acts whose answer was lost, and that were sent again under their key. */
  repeated = 0
}

type Task = Done['subject']
interface Wish {
  readonly verb: Verb
  readonly input: Input
  readonly own: boolean
  readonly done?: (subject: Task) => void
}

/** Somebody who writes one thing after the other; each with a key, or, `careless`, without one and never twice. */
export class Writer {
  readonly #actor: Actor
  readonly #ledger: Ledger
  readonly #lives: Lives
  readonly #chance: Chance
  readonly #talk: string
  readonly #careless: boolean
  #drafts: Task[] = []

  constructor(
    actor: Actor,
    { ledger, lives, chance, talk, careless }: { ledger: Ledger; lives: Lives; chance: Chance; talk: string; careless: boolean },
  ) {
    this.#actor = actor
    this.#ledger = ledger
    this.#lives = lives
    this.#chance = chance
    this.#talk = talk
    this.#careless = careless
  }

  /** Writes until so many things have been acknowledged, by anybody. */
  async writeUntil(entries: number): Promise<void> {
    while (this.#ledger.acknowledged.length < entries) await this.#do(this.#wish())
  }

  #wish(): Wish {
    const draft = this.#drafts.at(-1)
    const comment = (audience: string) => ({
      id: mint(),
      task: this.#talk,
      audience,
      text: `Synpunkt ${this.#chance.below(1e6)}`,
    })
    const wishes: (() => Wish)[] = [
      () => ({ verb: 'writeComment', input: comment('AS_PARENT'), own: false }),
      () => ({ verb: 'writeComment', input: comment('OWN'), own: true }),
      () => ({
        verb: 'createTask',
        input: { id: mint(), title: 'Eget utkast' },
        own: true,
        done: (task) => (this.#drafts = [...this.#drafts, task]),
      }),
    ]
    if (draft) {
      const title = `Eget utkast, läge ${draft.version + 1}`
      wishes.push(
        () => ({
          verb: 'editTask',
          input: { id: draft.id, baseVersion: draft.version, title },
          own: true,
          done: (task) => (this.#drafts = [...this.#drafts.slice(0, -1), task]),
        }),
        // Its earlier entries stay own; that it is shared all are told.
        () => ({
          verb: 'shareTask',
          input: { id: draft.id, audience: 'JOINT' },
          own: false,
          done: () => (this.#drafts = this.#drafts.slice(0, -1)),
        }),
      )
    }
    return this.#chance.of(wishes)()
  }

  async #do({ verb, input, own, done }: Wish): Promise<void> {
    const sent = this.#careless ? input : { ...input, idempotencyKey: mint() }
    for (;;) {
      const deaths = await this.#lives.living()
      try {
        const outcome = await act(this.#actor, verb, sent)
        if (outcome['__typename'] === 'TryAgain') {
          await delay(Number(outcome['retryAfter']))
          continue
        }
        const subject = (outcome['task'] ?? outcome['comment']) as Task | undefined
        if (!subject) throw new Refused(`${verb}: ${JSON.stringify(outcome)}`)
        const { id, version } = subject
        this.#ledger.acknowledged.push({ verb, party: this.#actor.seat.party, own, subject: id, version })
        return done?.(subject)
      } catch (error) {
        // Before it was known who asks nothing has been done either; and what has been done is told to who comes again with its key.
        if (said(error, 'TRY_AGAIN') || (said(error, 'ANSWER_LOST') && !this.#careless)) {
          await delay(1_000)
          continue
        }
        // Only a server that was killed meanwhile excuses an act without an answer.
        if (error instanceof Refused || this.#lives.deaths === deaths) throw error
        if (this.#careless) {
          this.#drafts = []
          this.#ledger.unknown += 1
          return
        }
        this.#ledger.repeated += 1
      }
    }
  }
}

const said = (error: unknown, code: string): boolean => error instanceof Error && error.message.includes(`"${code}"`)

class Refused extends Error {}

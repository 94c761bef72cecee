import type { ExecutionResult } from 'graphql'
import type { Following } from '../metrics/metrics.ts'
import { Group, type GroupOptions, type Joining, type Member } from './group.ts'

/**
 * Guards: those who follow one stream with the same words are one group, whichever socket they came by, and leave it however they end.
 */
export class Hub<Held> {
  readonly #options: GroupOptions<Held>
  readonly #groups = new Map<string, Group<Held>>()
  #executions = 0

  constructor(options: GroupOptions<Held>) {
    this.#options = options
  }

  /** How many are told with words of their own. */
  get groups(): number {
    return this.#groups.size
  }

  /** How those who follow fare: how many, how many of them lack something, and how much the last of them. */
  standing(): Following {
    const groups = [...this.#groups.values()].map((group) => group.standing())
    const sum = (figure: 'followers' | 'behind') => groups.reduce((total, group) => total + group[figure], 0)
    const entriesBehind = groups.reduce((most, group) => Math.max(most, group.entriesBehind), 0)
    return {
      groups: groups.length,
      followers: sum('followers'),
      behind: sum('behind'),
      entriesBehind,
      executions: this.#executions,
    }
  }

  /**
   * What graphql-ws is given for a subscription: it never yields, for the group writes to the socket itself, and ends when the
   * following does. Joined when first asked, which is when the operation's id is known to graphql-ws.
   */
  join(joining: Joining<Held>): AsyncIterableIterator<ExecutionResult> {
    const ended = Promise.withResolvers<IteratorReturnResult<undefined>>()
    const end = { value: undefined, done: true } as const
    const member: Member<Held> = { ...joining, done: () => ended.resolve(end), inOrderAt: undefined }
    let leave: (() => void) | undefined
    const stop = async () => {
      leave?.()
      ended.resolve(end)
      return end
    }
    const iterator: AsyncIterableIterator<ExecutionResult> = {
      next: () => {
        leave ??= this.#enter(member)
        return ended.promise
      },
      return: stop,
      throw: stop,
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator
  }

  #enter(member: Member<Held>): () => void {
    const key = `${member.streamId} ${member.likeness}`
    let group = this.#groups.get(key)
    if (!group) {
      group = new Group(member, this.#options, { onRead: () => (this.#executions += 1), onEmpty: () => this.#groups.delete(key) })
      this.#groups.set(key, group)
    }
    return group.enter(member)
  }
}

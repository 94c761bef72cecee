// Guards: a line that is dead is known to be within fifteen seconds, and its end is told once.
//
// One connection, from opening to close. No retries of its own: the graphql-ws client would replay the cursor it began with. Which
// cursor to go on from, and when, is for `live.svelte.ts` to say.
import type { GraphQLFormattedError } from 'graphql'
import { createClient } from 'graphql-ws'
import { formatDocument, stringifyDocument } from '@urql/core'
import { byHash, hashOf, isUnknown } from './byHash.ts'
import { Changes, PersonalChanges, type ChangesResult, type PersonalResult } from './changes.ts'

const documents = { Changes, PersonalChanges }
type Name = keyof typeof documents

/** As the server knows them. */
const textOf = (name: Name) => stringifyDocument(formatDocument(documents[name]))

/** Said instead of the documents: the server keeps what was said for as long as somebody follows, and then keeps nothing of any length. */
const hashesOf = async (): Promise<Record<Name, string>> => ({
  Changes: await hashOf(textOf('Changes')),
  PersonalChanges: await hashOf(textOf('PersonalChanges')),
})
let hashes: ReturnType<typeof hashesOf> | undefined

/** The server's word for too many sockets of one person; that there is no room for more means the same to a page, whatever it is of. */
export const crowded = 4420
const tooMany = new Set<unknown>(['TOO_MANY_SUBSCRIPTIONS', 'TOO_MANY_FOLLOWERS', 'RATE_LIMITED'])

type Events = {
  open: () => void
  changes: (result: ChangesResult) => void
  personal: (result: PersonalResult) => void
  closed: (code: number) => void
}

const hasCode = (errors: unknown, is: (code: unknown) => boolean) =>
  Array.isArray(errors) && errors.some((error: GraphQLFormattedError) => is(error.extensions?.['code']))
const isTooMany = (errors: unknown) => hasCode(errors, (code) => tooMany.has(code))

const codeOf = (event: unknown) =>
  event && typeof event === 'object' && 'code' in event && typeof event.code === 'number' ? event.code : 1006

/** Returns how to close it. `closed` is called once, whoever closes. */
export const openSocket = (
  url: string,
  slug: string,
  after: { changes: string; personal: string },
  { open, changes, personal, closed }: Events,
) => {
  let ended = false
  let silence: ReturnType<typeof setTimeout> | undefined
  const end = (code: number) => {
    clearTimeout(silence)
    if (ended) return
    ended = true
    closed(code)
    // Let go before it had opened, it says so once more; that was the wish.
    Promise.resolve(client.dispose()).catch(() => {})
  }
  const client = createClient({
    url,
    connectionParams: { collaboration: slug },
    lazy: false,
    retryAttempts: 0,
    // The same for every page: who is told the same is then told in the same bytes, made once.
    generateID: ({ operationName }) => operationName ?? crypto.randomUUID(),
    keepAlive: 10_000,
    onNonLazyError: () => {},
    on: {
      connected: () => open(),
      // A ping without an answer is a dead line that nobody has told us of.
      ping: (received) => {
        if (!received) silence = setTimeout(() => client.terminate(), 5_000)
      },
      pong: (received) => {
        if (received) clearTimeout(silence)
      },
      closed: (event) => end(codeOf(event)),
    },
  })
  const follow = <Result>(name: Name, from: string, told: (result: Result) => void, hash: string) => {
    if (ended) return
    const said = hash ? { query: '', extensions: byHash(hash) } : { query: textOf(name) }
    client.subscribe<{ changes: Result }>(
      { ...said, operationName: name, variables: { after: from } },
      {
        next: ({ data, errors }) => {
          if (isTooMany(errors)) return end(crowded)
          if (data && !ended) told(data.changes)
        },
        error: (failure) => {
          // A moment later: graphql-ws lets go of an operation's id when it has told of its end, also one that is taken anew in that very call.
          if (hash && hasCode(failure, isUnknown)) setTimeout(() => follow(name, from, told, ''))
          else end(isTooMany(failure) ? crowded : codeOf(failure))
        },
        complete: () => end(1000),
      },
    )
  }
  void (hashes ??= hashesOf()).then((hash) => {
    follow('Changes', after.changes, changes, hash.Changes)
    follow('PersonalChanges', after.personal, personal, hash.PersonalChanges)
  })
  return () => {
    client.terminate()
    end(1000)
  }
}

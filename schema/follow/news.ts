import type { SubscribePayload } from 'graphql-ws'
import type { Hub } from './hub.ts'
import { problemIn, Unreached } from './refused.ts'

/** So many batches may wait for whoever is told. Beyond it the socket is let go: the hub keeps what happens better than our memory does. */
const MOST = 100

/** What one subscription says, on a socket of its own, until either side ends it. @throws Refused and Unreached, when the hub ends it. */
export async function* news<Data>(
  hub: Hub,
  payload: SubscribePayload,
  signal?: AbortSignal,
): AsyncGenerator<Data, void, undefined> {
  const waiting: Data[] = []
  let ended: { readonly error?: unknown } | undefined
  let wake = () => {}
  const end = (how: { readonly error?: unknown }) => {
    ended ??= how
    wake()
  }
  const socket = hub.socket()
  const unsubscribe = socket.subscribe<Data>(payload, {
    next: ({ data, errors }) => {
      if (errors || !data) return end({ error: problemIn(errors ?? []) })
      waiting.push(data)
      if (waiting.length > MOST) end({})
      wake()
    },
    error: (error) => end({ error }),
    // The hub ends no subscription of its own accord: something between us did.
    complete: () => end({ error: new Unreached('ended') }),
  })
  const abort = () => end({ error: signal?.reason })
  signal?.addEventListener('abort', abort, { once: true })
  try {
    for (;;) {
      const next = waiting.shift()
      if (next) yield next
      else if (ended) {
        if ('error' in ended) throw ended.error
        return
      } else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    signal?.removeEventListener('abort', abort)
    unsubscribe()
    await socket.dispose()
  }
}

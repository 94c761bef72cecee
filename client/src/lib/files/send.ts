// A file on its way to the hub. XMLHttpRequest, because fetch does not tell how much of a body has been sent.

export type Sent =
  | { kind: 'sent'; upload: string }
  | { kind: 'refused'; code: string; limit: number | null }
  | { kind: 'offline' | 'broken' | 'cancelled' }

/** Sends one file. `progress` is told how far it has come, from 0 to 1. */
export const sendFile = (slug: string, file: File, progress: (part: number) => void, signal: AbortSignal): Promise<Sent> =>
  new Promise((settle) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/c/${slug}/files`)
    request.setRequestHeader('samsyn-file-name', encodeURIComponent(file.name.toWellFormed()))
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => settle(answerOf(request.response)))
    request.addEventListener('error', () => settle({ kind: 'offline' }))
    request.addEventListener('abort', () => settle({ kind: 'cancelled' }))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })

const answerOf = (answer: unknown): Sent => {
  const { upload, code, limit } = (answer ?? {}) as { upload?: unknown; code?: unknown; limit?: unknown }
  if (typeof upload === 'string') return { kind: 'sent', upload }
  return typeof code === 'string'
    ? { kind: 'refused', code, limit: typeof limit === 'number' ? limit : null }
    : { kind: 'broken' }
}

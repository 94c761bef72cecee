// Guards: the page and the server name a thing alike.
/** Global ids are base64 of `Type:uuid`. */
export const globalId = (type: string, uuid: string) => btoa(`${type}:${uuid}`)

const decoded = (id: string) => {
  try {
    return atob(id)
  } catch {
    return ''
  }
}

export const typeOf = (id: string) => decoded(id).split(':', 1)[0] ?? ''
/** What the cache calls the thing. */
export const keyOf = (id: string) => `${typeOf(id)}:${id}`
export const uuidOf = (id: string) => {
  const text = decoded(id)
  return text.slice(text.indexOf(':') + 1)
}

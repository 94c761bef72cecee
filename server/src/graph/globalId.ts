/** Guards: an id is of the type that it says, or names nothing. */

/** Relay's global ids: base64 of `Type:uuid`. */
export const toGlobalId = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')

const SHAPE = /^([A-Za-z]+):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The UUID inside, or undefined when the text is no id of that type: to the caller the same as one that never existed. */
export const fromGlobalId = (type: string, id: string): string | undefined => {
  const match = SHAPE.exec(Buffer.from(id, 'base64').toString('latin1'))
  return match?.[1] === type ? match[2] : undefined
}

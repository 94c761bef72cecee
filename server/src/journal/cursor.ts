/** Guards: a cursor says whose stream it is in and of which epoch, so that none is followed where it does not belong. */

/** A place in one party's stream. Dense from 1; 0 is before the first entry. */
export interface Cursor {
  readonly streamId: string
  readonly epoch: number
  readonly seq: bigint
}

/** Opaque on the outside, so that it may come to hold more. */
export const encodeCursor = ({ streamId, epoch, seq }: Cursor): string =>
  Buffer.from(`1.${streamId}.${epoch}.${seq}`).toString('base64url')

const SHAPE = /^1\.([0-9a-f-]{36})\.(\d{1,9})\.(\d{1,18})$/

/** Undefined for what is no cursor of ours. */
export const decodeCursor = (text: string): Cursor | undefined => {
  const match = SHAPE.exec(Buffer.from(text, 'base64url').toString('latin1'))
  return match ? { streamId: String(match[1]), epoch: Number(match[2]), seq: BigInt(String(match[3])) } : undefined
}

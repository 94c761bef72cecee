import type { Bytes } from './bytes.ts'
import { FileRefused } from './refusals.ts'

/**
 * Guards: a picture is one from its first byte to its last.
 *
 * Each format says where it ends. What stands behind the end is shown by nothing and can be anything; and what stands right
 * behind the magic bytes must not be the beginning of a comment, or the picture is a script as well.
 */
export const assertPicture = async (bytes: Bytes, family: 'png' | 'jpeg' | 'gif' | 'webp'): Promise<void> => {
  if ((await bytes.head(16)).includes('/*')) throw new FileRefused('MIXED')
  const end = await ENDS[family](bytes)
  if (end === undefined || end > bytes.size) throw new FileRefused('DAMAGED')
  if (end < bytes.size) throw new FileRefused('MIXED')
}

type End = (bytes: Bytes) => Promise<number | undefined>

/** Chunks of length, name, content and check sum, to the one named IEND. */
const endOfPng: End = async (bytes) => {
  for (let at = 8; at + 12 <= bytes.size;) {
    const head = await bytes.at(at, 8)
    at += 12 + head.readUInt32BE(0)
    if (head.toString('latin1', 4) === 'IEND') return at
  }
  return undefined
}

/**
 * Segments with a length each, then packed rows up to the next mark; the mark D9 is the end. Telephones put further pictures of
 * the same kind behind it (light and dark of the same), and one maker a note of its own that says SEFT at its end.
 */
const endOfJpeg: End = async (bytes) => {
  let at = 2
  for (;;) {
    const head = await bytes.at(at, 4)
    if (head.length < 2 || head[0] !== 0xff) return undefined
    const mark = head.readUInt8(1)
    if (mark === 0xd9) {
      const next = (await bytes.at(at + 2, 3)).toString('latin1')
      if (next !== '\u00ff\u00d8\u00ff') return (await endsInNote(bytes)) ? bytes.size : at + 2
      at += 2
    }
    // Padding, and marks without a length.
    else if (mark === 0xff) at += 1
    else if (mark === 0x01 || (mark >= 0xd0 && mark <= 0xd8)) at += 2
    else if (head.length < 4) return undefined
    else {
      at += 2 + head.readUInt16BE(2)
      if (mark === 0xda) {
        const next = await afterRows(bytes, at)
        if (next === undefined) return undefined
        at = next
      }
    }
  }
}

const endsInNote = async (bytes: Bytes): Promise<boolean> => {
  const tail = (await bytes.tail(22 + 0xffff)).toString('latin1')
  return tail.endsWith('SEFT') && !tail.includes('PK\u0005\u0006') && !tail.includes('%PDF-')
}

/** The next mark behind packed rows; in them, FF is followed by 00 or by a mark that only divides. */
const afterRows = async (bytes: Bytes, from: number): Promise<number | undefined> => {
  for (let at = from; at < bytes.size; at += PIECE) {
    const piece = await bytes.at(at, PIECE + 1)
    for (let index = piece.indexOf(0xff); index >= 0 && index + 1 < piece.length; index = piece.indexOf(0xff, index + 1)) {
      const next = piece.readUInt8(index + 1)
      if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at + index
    }
  }
  return undefined
}
const PIECE = 65_536

/** A head, a table of colours, then blocks of pieces, to the byte 3B. */
const endOfGif: End = async (bytes) => {
  const head = await bytes.head(13)
  if (head.length < 13) return undefined
  const table = (flags: number) => (flags & 0x80 ? 3 << ((flags & 0x07) + 1) : 0)
  let at = 13 + table(head.readUInt8(10))
  for (;;) {
    const block = await bytes.at(at, 10)
    if (block.length === 0) return undefined
    if (block[0] === 0x3b) return at + 1
    if (block[0] === 0x21) at += 2
    else if (block[0] === 0x2c && block.length === 10) at += 10 + table(block.readUInt8(9)) + 1
    else return undefined
    for (let length = -1; length !== 0; at += 1 + length) {
      const [next] = await bytes.at(at, 1)
      if (next === undefined) return undefined
      length = next
    }
  }
}

/** RIFF says its length at once; it is padded to an even one. */
const endOfWebp: End = async (bytes) => {
  const head = await bytes.head(12)
  if (head.length < 12) return undefined
  const length = head.readUInt32LE(4) + 8
  return length + (length % 2)
}

const ENDS = { png: endOfPng, jpeg: endOfJpeg, gif: endOfGif, webp: endOfWebp } as const

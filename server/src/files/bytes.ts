import type { FileHandle } from 'node:fs/promises'

/** A file on disk as its inspectors read it: a piece at a time, however large it is. */
export class Bytes {
  readonly #handle: FileHandle
  readonly size: number

  constructor(handle: FileHandle, size: number) {
    this.#handle = handle
    this.size = size
  }

  /** At most `length` bytes from there; fewer at the end. */
  async at(offset: number, length: number): Promise<Buffer> {
    const from = Math.max(0, offset)
    const wanted = Math.max(0, Math.min(length, this.size - from))
    const buffer = Buffer.alloc(wanted)
    let read = 0
    while (read < wanted) {
      const { bytesRead } = await this.#handle.read(buffer, read, wanted - read, from + read)
      if (bytesRead === 0) break
      read += bytesRead
    }
    return buffer.subarray(0, read)
  }

  head(length: number): Promise<Buffer> {
    return this.at(0, length)
  }

  tail(length: number): Promise<Buffer> {
    return this.at(this.size - length, length)
  }

  /** All of it, in pieces that overlap by `overlap` bytes, so that nothing shorter falls between two. */
  async *pieces(overlap: number, length = 1 << 20): AsyncGenerator<Buffer> {
    for (let from = 0; from < this.size; from += length) yield await this.at(from, length + overlap)
  }
}

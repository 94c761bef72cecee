import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import type { Config } from '../config/config.ts'

/**
 * Guards: the store knows bytes by their id and nothing else: no name, no owner, no way to ask what there is.
 *
 * A folder or a bucket, by the same library. What may be read is decided by rows, before anybody asks here. An object is written
 * once and never changed.
 */
export class FileStore {
  readonly #disk: Disk

  constructor(disk: Disk) {
    this.#disk = disk
  }

  /** Keeps the file at that path under the id. Part of it may be there until this has returned. */
  put(id: string, path: string, size: number): Promise<void> {
    return this.#disk.putStream(keyOf(id), createReadStream(path), { contentLength: size })
  }

  /** The bytes, once the first of them are there; fails when there are none. */
  async read(id: string): Promise<Readable> {
    const stream = await this.#disk.getStream(keyOf(id))
    await once(stream, 'readable')
    return stream
  }

  /** Lets go of it; nothing happens when it is not there. */
  drop(id: string): Promise<void> {
    return this.#disk.delete(keyOf(id))
  }
}

/** Spread over 256 folders, so that none grows without end. */
const keyOf = (id: string): string => `${id.slice(0, 2)}/${id}`

/** Where files and what is on its way to become one lie, when they lie in a folder. */
export const filesFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'files')

export const openStore = async (config: Pick<Config, 'dataDir' | 's3'>): Promise<FileStore> => {
  if (!config.s3) {
    const location = filesFolder(config)
    // Made at once: a folder that cannot be written is told of at the start, and backups find one.
    await mkdir(location, { recursive: true, mode: 0o700 })
    return new FileStore(new Disk(new FSDriver({ location, visibility: 'private' })))
  }
  // Only who keeps files in a bucket loads what speaks with one: 12 MB of it.
  const { S3Driver } = await import('flydrive/drivers/s3')
  const { bucket, endpoint, region, accessKey, secretKey } = config.s3
  const driver = new S3Driver({
    bucket,
    region,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    visibility: 'private',
    supportsACL: false,
    // Check sums in a trailer are Amazon's own; others that speak S3 stumble over them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  return new FileStore(new Disk(driver))
}

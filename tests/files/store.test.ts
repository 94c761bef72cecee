import { createReadStream } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import S3rver from '@20minutes/s3rver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FileStore, openStore } from '../../server/src/files/store.ts'
import { newTask } from '../world/acts.ts'
import { attach, hashOf, pdf } from '../world/files.ts'
import { openWorld } from '../world/world.ts'

// One suite for both stores: a folder, and a bucket behind a real S3 server over a real socket. The server is one from npm that is
// made for tests; it checks signatures and lengths as Amazon's does.

const folder = await mkdtemp(join(tmpdir(), 'samsyn-stores-'))
const bucket = 'samsyn'
const peer = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: join(folder, 's3'),
  configureBuckets: [{ name: bucket, configs: [] }],
})
const { port } = (await peer.run()) as AddressInfo
const s3 = { bucket, endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', accessKey: 'S3RVER', secretKey: 'S3RVER' }
afterAll(async () => {
  await peer.close()
  await rm(folder, { recursive: true, force: true })
})

const stores = { 'a folder': { dataDir: join(folder, 'data'), s3: undefined }, 'a bucket': { dataDir: join(folder, 'data'), s3 } }

/** What either store says of a key under which there is nothing. */
const NOTHING = /ENOENT|no such file|NoSuchKey|Cannot read file|does not exist/i

describe.each(Object.entries(stores))('%s', (_name, config) => {
  let store: FileStore
  const path = join(folder, 'given')
  beforeAll(async () => {
    store = await openStore(config)
  })
  const put = async (bytes: Buffer) => {
    const id = crypto.randomUUID()
    await writeFile(path, bytes)
    await store.put(id, path, bytes.length)
    return id
  }

  test.each([1, 1_000, 7_000_001])('gives %i bytes as they were put', async (size) => {
    const bytes = Buffer.alloc(size, 'samsyn')
    const id = await put(bytes)
    expect((await buffer(await store.read(id))).equals(bytes)).toBe(true)
  })

  test('knows nothing of what was never put, and of what was let go of', async () => {
    await expect(store.read(crypto.randomUUID())).rejects.toThrow(NOTHING)
    const id = await put(pdf())
    await store.drop(id)
    await expect(store.read(id)).rejects.toThrow(NOTHING)
    await store.drop(id)
    await store.drop(crypto.randomUUID())
  })

  test('several at once do not mix', async () => {
    const many = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const bytes = Buffer.alloc(50_000 + index, String(index))
        const id = crypto.randomUUID()
        await writeFile(`${path}${index}`, bytes)
        await store.put(id, `${path}${index}`, bytes.length)
        return { id, bytes }
      }),
    )
    for (const { id, bytes } of many) expect((await buffer(await store.read(id))).equals(bytes)).toBe(true)
  })

  test('what is not read to its end does no harm', async () => {
    const id = await put(Buffer.alloc(3_000_000, 'x'))
    ;(await store.read(id)).destroy()
    expect((await buffer(await store.read(id))).length).toBe(3_000_000)
  })
})

test('wrong credentials put nothing', async () => {
  const store = await openStore({ dataDir: folder, s3: { ...s3, secretKey: 'wrong' } })
  const path = join(folder, 'given')
  await writeFile(path, 'x')
  await expect(store.put(crypto.randomUUID(), path, 1)).rejects.toThrow(/put|write|signature/i)
})

test('a hub with a bucket keeps nothing in its folder', async () => {
  const env = { S3_BUCKET: bucket, S3_ENDPOINT: s3.endpoint, S3_ACCESS_KEY: s3.accessKey, S3_SECRET_KEY: s3.secretKey }
  const world = await openWorld({ env })
  try {
    const torsby = await world.as('Torsby')
    const file = await attach(torsby, { task: (await newTask(torsby)).id }, 'plan.pdf')
    const response = await torsby.fetch(String(file['path']))
    expect(hashOf(Buffer.from(await response.arrayBuffer()))).toBe(hashOf(pdf()))
    const left = await readdir(join(world.dataDir, 'files'), { recursive: true, withFileTypes: true })
    expect(left.filter((one) => one.isFile())).toEqual([])
  } finally {
    await world.close()
  }
})

test('a large file comes and goes in pieces: what the hub holds does not grow with it', async () => {
  const megabytes = 300
  const world = await openWorld({ env: { FILE_LIMIT: '400' }, nodeArguments: ['--max-old-space-size=256'] })
  try {
    const torsby = await world.as('Torsby')
    const path = join(folder, 'large.csv')
    const line = `${'x'.repeat(999)}\n`
    await writeFile(
      path,
      (function* () {
        for (let written = 0; written < megabytes; written += 1) yield line.repeat(1000)
      })(),
    )
    const { id } = await newTask(torsby)
    await attach(torsby, { task: id })
    const before = world.server.memory
    let most = before
    const watch = setInterval(() => (most = Math.max(most, world.server.memory)), 20)
    try {
      const response = await torsby.fetch(`/c/${torsby.slug}/files`, {
        method: 'POST',
        headers: { origin: torsby.origin, 'samsyn-file-name': 'large.csv' },
        body: createReadStream(path) as unknown as ReadableStream,
        duplex: 'half',
      } as RequestInit & { headers: Record<string, string> })
      const { upload } = (await response.json()) as { upload: string }
      const document =
        'mutation($input: AttachFileInput!) { attachFile(input: $input) { ... on FileChanged { file { path size } } } }'
      const { file } = (await torsby.mutate(document, { input: { id: crypto.randomUUID(), task: id, upload } })) as unknown as {
        file: { path: string; size: number }
      }
      expect(file.size).toBe(megabytes * 1_000_000)
      let given = 0
      for await (const piece of (await torsby.fetch(file.path)).body ?? []) given += piece.length
      expect(given).toBe(file.size)
    } finally {
      clearInterval(watch)
    }
    const grown = (most - before) / 1_000_000
    console.log(`${megabytes} MB in and out: the hub grew by ${grown.toFixed(0)} MB, to ${(most / 1_000_000).toFixed(0)} MB`)
    expect(grown).toBeLessThan(megabytes / 2)
  } finally {
    await world.close()
  }
})

import { readdir, utimes } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { act, does, jointTask, newTask } from '../world/acts.ts'
import { eventually } from '../world/eventually.ts'
import { attach, filesDoor, hashOf, pdf, png, send, upload } from '../world/files.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'
import { BAD, GOOD } from './corpus.ts'

// The door for bytes, as it stands in the network: what is taken and given, what is refused and in which words, and that nothing of
// what does not come to an end is left.

const world = await openWorld({ env: { FILE_LIMIT: '2' } })
afterAll(world.close)
const torsby = await world.as('Torsby')
const polisen = await world.as('Polisen')

const folder = join(world.dataDir, 'files')
/** Names of all objects in the folder. */
const kept = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((one) => one.isFile())
    .map(({ name }) => name)
    .toSorted()
const objects = async () =>
  (
    await world.sql<{ object: string }>(
      'select id::text as object from upload union select object::text from file where object is not null order by 1',
    )
  ).map(({ object }) => object)

test.each(GOOD)('%s is taken, and given as it was', async (name, bytes, mediaType) => {
  const { id } = await newTask(torsby)
  const file = await attach(torsby, { task: id }, name, bytes)
  expect(file).toMatchObject({ name, mediaType, size: bytes.length, hash: hashOf(bytes), version: 1, removedAt: null })
  const response = await torsby.fetch(String(file['path']))
  expect(response.status).toBe(200)
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
  expect(response.headers.get('content-type')).toBe(mediaType)
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[ -~]*"; filename\*=UTF-8''[\w.%~!-]+$/)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  expect(response.headers.get('cache-control')).toBe('private, no-store')
})

test.each(BAD)('%s is refused: %s', async (_what, name, bytes, status, code) => {
  const before = await kept()
  const response = await send(torsby, name, bytes)
  expect([response.status, await response.json()]).toEqual([status, { code }])
  expect(await kept()).toEqual(before)
})

test('names are cleaned: paths, marks that are not seen, and too long ones', async () => {
  const given = [
    'C:\\Users\\tuva\\avtal.pdf',
    '../../etc/avtal.pdf',
    'a\u202evtal.pdf',
    ' .avtal .pdf',
    'a<b>:c|d?.pdf',
    'con.pdf',
    `${'å'.repeat(300)}.pdf`,
    'e\u0301tat.pdf',
  ]
  const names: string[] = []
  for (const name of given) {
    const document = 'query($id: ID!) { node(id: $id) { ... on Upload { name } } }'
    const { node } = await torsby.query<{ node: { name: string } }>(document, { id: await upload(torsby, name) })
    names.push(node.name)
  }
  expect(names).toEqual([
    'avtal.pdf',
    'avtal.pdf',
    'avtal.pdf',
    'avtal.pdf',
    'a_b__c_d_.pdf',
    '_con.pdf',
    `${'å'.repeat(196)}.pdf`,
    'état.pdf',
  ])
})

test('more than the limit is refused at once, said beforehand or not', async () => {
  const large = Buffer.concat([pdf('x', `%${'x'.repeat(2_000_000)}\n`)])
  const response = await send(torsby, 'stor.pdf', large)
  expect([response.status, await response.json()]).toEqual([413, { code: 'TOO_LARGE', limit: 2_000_000 }])
  const body = new ReadableStream({
    start: (controller) => {
      for (let from = 0; from < large.length; from += 100_000)
        controller.enqueue(new Uint8Array(large.subarray(from, from + 100_000)))
      controller.close()
    },
  })
  const streamed = await torsby.fetch(filesDoor(torsby), {
    method: 'POST',
    headers: { origin: torsby.origin, 'samsyn-file-name': 'stor.pdf' },
    body,
    duplex: 'half',
  } as RequestInit & { headers: Record<string, string> })
  expect([streamed.status, await streamed.json()]).toEqual([413, { code: 'TOO_LARGE', limit: 2_000_000 }])
  expect(await torsby.query('{ fileRules { mostBytes } }')).toEqual({ fileRules: { mostBytes: 2_000_000 } })
})

test('who may not, may not: other pages, programs, readers, strangers, those without a seat', async () => {
  const code = async (response: Response) => [
    response.status,
    response.headers.get('content-type')?.startsWith('application/json')
      ? ((await response.json()) as { code: string }).code
      : await response.text(),
  ]
  const reader = await world.as('Sunne', 'OBSERVER')
  const program = await programOf(world.server, torsby)
  expect(await code(await send(torsby, 'a.pdf', pdf(), { origin: 'https://annan.example' }))).toEqual([403, 'Forbidden'])
  expect(await code(await send(reader, 'a.pdf', pdf()))).toEqual([403, 'ROLE'])
  const headers = { authorization: `Bearer ${program.key}`, 'samsyn-file-name': 'a.pdf' }
  expect(
    await code(await fetch(`${world.url}${filesDoor(torsby)}`, { method: 'POST', headers, body: new Uint8Array(pdf()) })),
  ).toEqual([403, 'READ_ONLY_KEY'])
  expect(
    await code(
      await world
        .visitor()
        .fetch(filesDoor(torsby), { method: 'POST', headers: { origin: world.url, 'samsyn-file-name': 'a.pdf' }, body: 'x' }),
    ),
  ).toEqual([401, 'UNAUTHENTICATED'])
  expect(
    await code(
      await torsby.fetch('/c/nowhere/files', {
        method: 'POST',
        headers: { origin: world.url, 'samsyn-file-name': 'a.pdf' },
        body: 'x',
      }),
    ),
  ).toEqual([401, 'UNAUTHENTICATED'])
  expect((await torsby.fetch(filesDoor(torsby))).status).toBe(405)
  // A program reads what its party reads.
  const { id } = await newTask(torsby)
  const file = await attach(torsby, { task: id })
  const given = await fetch(`${world.url}${String(file['path'])}`, { headers: { authorization: `Bearer ${program.key}` } })
  expect([given.status, hashOf(Buffer.from(await given.arrayBuffer()))]).toEqual([200, hashOf(pdf())])
  const wrong = await fetch(`${world.url}${String(file['path'])}`, { headers: { authorization: 'Bearer samsyn_no' } })
  expect(wrong.status).toBe(401)
})

test('another party’s file does not exist: by address, by id, at both doors', async () => {
  const { id } = await newTask(torsby)
  const file = await attach(torsby, { task: id }, 'hemligt.pdf')
  const waiting = await upload(torsby, 'väntar.pdf')
  const never = btoa(`File:${mint()}`)
  const door = (which: string) => `${filesDoor(torsby)}/${uuidOf(which)}/hemligt.pdf`
  const seen = async (actor: { fetch: Actor['fetch'] }, which: string) => {
    const response = await actor.fetch(door(which))
    return [
      response.status,
      await response.text(),
      response.headers.get('content-type'),
      response.headers.get('content-length'),
      response.headers.get('content-disposition'),
    ]
  }
  const nothing = await seen(polisen, never)
  expect(nothing.slice(0, 2)).toEqual([404, 'Not found'])
  expect(await seen(polisen, file.id)).toEqual(nothing)
  expect(await seen(world.visitor(), file.id)).toEqual(nothing)
  expect(await seen(await world.as('Sunne'), file.id)).toEqual(nothing)
  expect((await seen(torsby, file.id))[0]).toBe(200)

  const node = 'query($id: ID!) { node(id: $id) { __typename id ... on File { name path } } }'
  const task = (await newTask(polisen)).id
  for (const [what, unborn] of [
    [file.id, never],
    [waiting, btoa(`Upload:${mint()}`)],
  ] as const) {
    expect((await polisen.ask(node, { id: what })).data).toEqual((await polisen.ask(node, { id: unborn })).data)
    expect((await polisen.askLive(node, { id: what })).data).toEqual({ node: null })
  }
  expect(await act(polisen, 'removeFile', { id: file.id })).toEqual(await act(polisen, 'removeFile', { id: never }))
  const attaching = (which: string) => act(polisen, 'attachFile', { id: mint(), task, upload: which })
  expect(await attaching(waiting)).toEqual(await attaching(btoa(`Upload:${mint()}`)))
  const saying = (which: string) =>
    act(polisen, 'writeComment', { id: mint(), task, text: 'Se här', audience: 'OWN', uploads: [which] })
  expect(await saying(waiting)).toEqual(await saying(btoa(`Upload:${mint()}`)))
  // Nor may one's own be attached to what is foreign.
  const mine = await upload(polisen, 'mitt.pdf')
  const onto = (place: string) => act(polisen, 'attachFile', { id: mint(), task: place, upload: mine })
  expect(await onto(id)).toEqual(await onto(btoa(`Task:${mint()}`)))
})

test('a file follows its task: shared it is read by more, removed by nobody', async () => {
  const { id } = await newTask(torsby)
  const removed = await attach(torsby, { task: id }, 'utkast.pdf')
  const file = await attach(torsby, { task: id }, 'plan.pdf')
  await does(torsby, 'removeFile', { id: removed.id })
  const status = async (actor: Actor, path: unknown) => (await actor.fetch(String(path))).status
  expect(await status(polisen, file['path'])).toBe(404)
  const party = await polisen.query<{ viewer: { party: { id: string } } }>('{ viewer { party { id } } }')
  await does(torsby, 'shareTask', { id, audience: 'SHARED', with: [party.viewer.party.id] })
  expect(await status(polisen, file['path'])).toBe(200)
  expect(await status(polisen, removed['path'])).toBe(404)
  expect(await status(await world.as('Sunne'), file['path'])).toBe(404)
  const node = await polisen.query(
    'query($id: ID!, $file: ID!) { node(id: $id) { ... on Task { files { name } } } removed: node(id: $file) { id } }',
    { id, file: removed.id },
  )
  expect(node).toEqual({ node: { files: [{ name: 'plan.pdf' }] }, removed: null })
  // Only the party that attached it takes it away; then nobody gets it, and the store lets go of it.
  expect(await act(polisen, 'removeFile', { id: file.id })).toMatchObject({ __typename: 'NotAllowed', code: 'NOT_OWN_PARTY' })
  expect(await kept()).toEqual(await objects())
  await does(torsby, 'removeFile', { id: file.id })
  expect(await status(torsby, file['path'])).toBe(404)
  expect(await status(polisen, file['path'])).toBe(404)
  await eventually('the store has let go of what was removed', async () => {
    const gone = await world.sql('select from file where id = any ($1) and object is null', [
      [uuidOf(file.id), uuidOf(removed.id)],
    ])
    return gone.length === 2
  })
  expect(await kept()).toEqual(await objects())
})

test('a comment brings its files, and takes them with it', async () => {
  const { id: task } = await jointTask(torsby)
  const uploads = [await upload(polisen, 'bild.png', png()), await upload(polisen, 'avtal.pdf')]
  const written = await does(polisen, 'writeComment', { id: mint(), task, text: 'Se bilagorna', audience: 'AS_PARENT', uploads })
  const files = written.subject['files'] as { name: string; path: string; id: string }[]
  expect(files.map(({ name }) => name).toSorted()).toEqual(['avtal.pdf', 'bild.png'])
  for (const { path } of files) expect((await torsby.fetch(path)).status).toBe(200)
  // Each is one file only.
  expect(await act(polisen, 'attachFile', { id: mint(), task, upload: uploads[0] })).toMatchObject({
    __typename: 'NotFound',
    field: 'upload',
  })
  const other = await world.as('Polisen', 'CONTRIBUTOR')
  expect(await act(other, 'removeFile', { id: files[0]?.id })).toMatchObject({ __typename: 'NotAllowed', code: 'NOT_AUTHOR' })
  const withdrawn = await does(polisen, 'withdrawComment', { id: written.subject.id })
  expect(withdrawn.subject['files']).toEqual([])
  for (const { path } of files) expect((await torsby.fetch(path)).status).toBe(404)
  // One's own party's note on what is joint is one's own, with all that is in it.
  const inside = await does(polisen, 'writeComment', {
    id: mint(),
    task,
    text: 'Bara vi',
    audience: 'OWN',
    uploads: [await upload(polisen, 'internt.pdf')],
  })
  const [own] = inside.subject['files'] as { path: string }[]
  expect([(await polisen.fetch(own?.path ?? '')).status, (await torsby.fetch(own?.path ?? '')).status]).toEqual([200, 404])
})

test('a version of the agreement has files, for those who read the agreement', async () => {
  const { collaboration } = await torsby.query<{ collaboration: { agreement: { latest: { id: string } } } }>(
    '{ collaboration { agreement { latest { id } } } }',
  )
  const version = collaboration.agreement.latest.id
  const file = await attach(torsby, { version }, 'bilaga 1.pdf')
  expect((await polisen.fetch(String(file['path']))).status).toBe(200)
  expect(
    await polisen.query('query($id: ID!) { node(id: $id) { ... on AgreementVersion { files { name } } } }', { id: version }),
  ).toEqual({ node: { files: [{ name: 'bilaga 1.pdf' }] } })
})

test('somebody’s identity number in a name is not for others', async () => {
  const name = 'utredning 19811218-9876.pdf'
  const { id: draft } = await newTask(torsby)
  await attach(torsby, { task: draft }, name)
  const numbered = { __typename: 'InvalidInput' }
  expect(await act(torsby, 'shareTask', { id: draft, audience: 'JOINT' })).toMatchObject({
    ...numbered,
    issues: [{ field: 'files', code: 'PERSONAL_NUMBER' }],
  })
  const { id: task } = await jointTask(torsby)
  const given = await upload(torsby, name)
  expect(await act(torsby, 'attachFile', { id: mint(), task, upload: given })).toMatchObject({
    ...numbered,
    issues: [{ field: 'upload', code: 'PERSONAL_NUMBER' }],
  })
  expect(
    await act(torsby, 'writeComment', { id: mint(), task, text: 'Se', audience: 'AS_PARENT', uploads: [given] }),
  ).toMatchObject({ ...numbered, issues: [{ field: 'uploads', code: 'PERSONAL_NUMBER' }] })
})

test('the same act twice is one file; the hundredth waiting upload is the last', async () => {
  const { id: task } = await newTask(torsby)
  const input = { id: mint(), task, upload: await upload(torsby, 'en.pdf'), idempotencyKey: mint() }
  const [one, other] = await Promise.all([does(torsby, 'attachFile', input), does(torsby, 'attachFile', input)])
  expect(other.subject).toEqual(one.subject)
  expect(await act(torsby, 'attachFile', { id: mint(), upload: 'x' })).toMatchObject({
    issues: [{ field: 'task', code: 'EMPTY' }],
  })
  await world.sql(
    `insert into upload (id, collaboration_id, party_id, member_id, name, media_type, size, hash)
    select gen_random_uuid(), collaboration_id, party_id, id, 'x.pdf', 'application/pdf', 1, repeat('0', 64) from member, generate_series(1, 100) where id = $1`,
    [uuidOf(torsby.memberId)],
  )
  const response = await send(torsby, 'en till.pdf', pdf())
  expect([response.status, await response.json()]).toEqual([429, { code: 'TOO_MANY', limit: 100 }])
  await world.sql(`delete from upload where name = 'x.pdf'`)
})

/** Begins to send and does not end. */
const begin = async (actor: Actor, bytes: Buffer, declared: number) => {
  const headers = { cookie: actor.cookie ?? '', origin: actor.origin, 'samsyn-file-name': 'halv.pdf', 'content-length': declared }
  const request = httpRequest(`${actor.origin}${filesDoor(actor)}`, { method: 'POST', headers })
  request.on('error', () => undefined)
  await new Promise<void>((sent) => request.write(bytes, () => sent()))
  return request
}
const incoming = () => readdir(join(folder, 'incoming')).catch(() => [])

test('an upload cut half way leaves nothing', async () => {
  const before = await kept()
  const request = await begin(torsby, pdf(), 1_000_000)
  await eventually('it has begun to come in', async () => (await incoming()).length > 0)
  request.destroy()
  await eventually('nothing of it is left', async () => (await incoming()).length === 0)
  expect(await kept()).toEqual(before)
})

test('killed at any point, the hub leaves no half state; what it leaves is swept', async () => {
  const { id: task } = await newTask(polisen)
  // Half way in, and between the bytes and the row.
  const request = await begin(polisen, pdf(), 1_000_000)
  await eventually('it has begun to come in', async () => (await incoming()).length > 0)
  const waiting = await upload(polisen, 'väntar.pdf')
  await world.server.kill()
  request.destroy()
  await world.server.start()
  const files = 'query($id: ID!) { node(id: $id) { ... on Task { files { name } } } }'
  expect(await polisen.query(files, { id: task })).toEqual({ node: { files: [] } })
  // What had come whole is still there to be attached, and only once.
  await does(polisen, 'attachFile', { id: mint(), task, upload: waiting })
  expect(await polisen.query(files, { id: task })).toEqual({ node: { files: [{ name: 'väntar.pdf' }] } })
  // What nobody came back for has expired when the hub starts the next time, and what was half in is too old to be under way.
  const forgotten = await upload(polisen, 'glömd.pdf')
  await world.server.kill()
  for (const name of await incoming()) await utimes(join(folder, 'incoming', name), 0, 0)
  await world.sql(`update upload set expires_at = now() - interval '2 hours'`)
  await world.server.start()
  await eventually(
    'what nobody has is swept',
    async () => (await incoming()).length === 0 && (await world.sql('select from upload')).length === 0,
  )
  expect(await kept()).not.toContain(uuidOf(forgotten))
  expect(await kept()).toEqual(await objects())
  expect(await act(polisen, 'attachFile', { id: mint(), task, upload: forgotten })).toMatchObject({
    __typename: 'NotFound',
    field: 'upload',
  })
})

test('killed in the midst of many, each file is whole or not there, and no bytes are without a row', async () => {
  const { id: task } = await newTask(polisen)
  for (let round = 0; round < 3; round += 1) {
    const doing = Array.from({ length: 4 }, async (_, index) => {
      for (;;) await attach(polisen, { task }, `${round} ${index}.pdf`, pdf(`${round} ${index}`))
    })
    await Promise.race([...doing, eventually('some have come', async () => (await listed(task)).length > round * 3 + 2)])
    await world.server.kill()
    await Promise.allSettled(doing)
    await world.server.start()
    for (const { path, hash } of await listed(task)) {
      const response = await polisen.fetch(path)
      expect(hashOf(Buffer.from(await response.arrayBuffer()))).toBe(hash)
    }
    const known = new Set(await objects())
    expect((await stored()).filter((name) => !known.has(name))).toEqual([])
  }
})

const listed = async (task: string) => {
  const document = 'query($id: ID!) { node(id: $id) { ... on Task { files { path hash } } } }'
  return (await polisen.query<{ node: { files: { path: string; hash: string }[] } }>(document, { id: task })).node.files
}
/** Without what is on its way in. */
const stored = async () => {
  const half = new Set(await incoming())
  return (await kept()).filter((name) => !half.has(name))
}

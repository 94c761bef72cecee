import { createClient } from 'graphql-ws'
import { afterAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { act, does, documentOf, jointTask, newTask, verbs } from '../world/acts.ts'
import { mint } from '../world/actor.ts'
import { inTime } from '../world/eventually.ts'
import { type Following, socketClient } from '../world/following.ts'
import { Program, programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'

const world = await openWorld()
afterAll(world.close)
const torsby = await world.as('Torsby')
const program = await programOf(world.server, torsby)
const wrong = `samsyn_${'A'.repeat(43)}`
const WHO =
  '{ viewer { person { id } member { id } party { name } seats { slug } key { name expiresAt lastUsedAt } } collaborations { slug } collaboration { slug } }'

/** The code with which an upgrade is refused, or 101 and the code with which the socket is closed after `connection_init`. */
const knock = (payload: Record<string, unknown>, headers: Record<string, string> = {}): Promise<number> =>
  inTime(
    'the live door answers',
    new Promise((answered) => {
      const socket = new WebSocket(`${world.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
      socket.once('unexpected-response', (_request, { statusCode }) => answered(statusCode ?? 0))
      socket.once('error', () => undefined)
      socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })))
      socket.once('message', () => (answered(200), socket.close()))
      socket.once('close', (code) => answered(code))
    }),
  )

/** One operation through the live door, as a program asks it. */
const askLive = async (who: Program, query: string, variables: Record<string, unknown> = {}): Promise<unknown> => {
  const client: ReturnType<typeof createClient> = socketClient(who)
  try {
    return await new Promise((next, error) => {
      client.subscribe({ query, variables }, { next: ({ data }) => next(data), error, complete: () => undefined })
    })
  } finally {
    await client.dispose()
  }
}

describe('who comes with a key', () => {
  test('is its party, in its collaboration, and no person: through both doors', async () => {
    const who = {
      viewer: { person: null, member: null, party: { name: 'Torsby' }, seats: [], key: { name: 'Diariet' } },
      collaborations: [],
      collaboration: { slug: 'sutohamu' },
    }
    expect((await program.ask(WHO)).data).toMatchObject(who)
    expect((await program.ask(WHO, {}, { 'samsyn-collaboration': 'sutohamu', cookie: 'x=y' })).data).toMatchObject(who)
    expect(await askLive(program, WHO)).toMatchObject(who)
  })

  test('sees what the party sees, drafts and all, and nothing of others', async () => {
    const [own, theirs] = [await newTask(torsby), await newTask(await world.as('Sunne'))]
    const node = 'query ($id: ID!) { node(id: $id) { id } }'
    expect((await program.ask(node, { id: own.id })).data).toEqual({ node: { id: own.id } })
    expect((await program.ask(node, { id: theirs.id })).data).toEqual({ node: null })
    const following = program.follow(await torsby.cursor())
    const { id } = await jointTask(await world.as('Sunne'))
    expect((await following.until('task.shared')).subjectId).toBe(id)
    await following.stop()
  })

  test('does nothing, whatever it asks for and however: every verb, through both doors', async () => {
    for (const verb of verbs) {
      const document = documentOf(verb)
      const input = Object.fromEntries(await somethingFor(verb))
      const refused = { [verb]: { __typename: 'NotAllowed', code: 'READ_ONLY_KEY' } }
      expect((await program.ask(document, { input })).data, verb).toMatchObject(refused)
      expect(await askLive(program, document, { input }), verb).toMatchObject(refused)
    }
  })
})

/** Something for each required field of a verb's input; it need not be right, for nobody looks at it. */
const somethingFor = async (verb: string): Promise<[string, unknown][]> => {
  const name = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}Input`
  const { __type } = await torsby.query<{ __type: { inputFields: Field[] } }>(
    'query ($name: String!) { __type(name: $name) { inputFields { name type { kind ofType { kind name ofType { kind } enumValues { name } } } } } }',
    { name },
  )
  return __type.inputFields
    .filter(({ type }) => type.kind === 'NON_NULL')
    .map(({ name: field, type: { ofType } }) => [
      field,
      ofType.kind === 'LIST' ? [] : ofType.kind === 'ENUM' ? ofType.enumValues?.[0]?.name : ofType.name === 'Int' ? 1 : 'x',
    ])
}
interface Field {
  readonly name: string
  readonly type: { kind: string; ofType: { kind: string; name: string | null; enumValues: { name: string }[] | null } }
}

describe('the doors', () => {
  test('a key that never was, was revoked, was replaced or has expired is refused in the same words', async () => {
    const [revoked, expired] = [await programOf(world.server, torsby), await programOf(world.server, torsby)]
    const replaced = await programOf(world.server, torsby)
    await does(torsby, 'rotateKey', { id: replaced.made.id, overlapHours: 0 })
    await does(torsby, 'revokeKey', { id: revoked.made.id })
    await world.sql(
      `update api_key set made_at = made_at - interval '200 days', expires_at = now() - interval '1 second' where id = $1`,
      [atob(expired.made.id).slice('ApiKey:'.length)],
    )
    const answers = await Promise.all(
      [revoked.key, expired.key, replaced.key, wrong, 'samsyn_', 'x', ''].map(async (key) => {
        const response = await new Program(world.server, key, revoked.made).fetch('{ __typename }')
        return `${response.status} ${response.headers.get('www-authenticate')} ${await response.text()}`
      }),
    )
    expect([...new Set(answers)]).toEqual([
      '401 Bearer realm="samsyn", error="invalid_token" {"errors":[{"message":"The key does not hold","extensions":{"code":"INVALID_KEY"}}]}',
    ])
    for (const key of [revoked.key, expired.key, replaced.key, wrong, 'x', '', 7]) expect(await knock({ key })).toBe(4403)
  })

  test('another collaboration, there or not, is refused', async () => {
    for (const slug of ['elsewhere', 'gransen']) {
      const { status, errors } = await program.ask('{ __typename }', {}, { 'samsyn-collaboration': slug })
      expect([status, errors?.[0]?.extensions?.['code']]).toEqual([403, 'OTHER_COLLABORATION'])
      expect(await knock({ key: program.key, collaboration: slug })).toBe(4403)
    }
    expect(await knock({ key: program.key, collaboration: 'sutohamu' })).toBe(200)
  })

  test('a key in a page of a foreign origin is refused, at either door', async () => {
    const origin = 'https://elsewhere.example'
    expect((await program.fetch('{ __typename }', { origin })).status).toBe(403)
    expect(await knock({ key: program.key }, { origin })).toBe(403)
  })

  test('a cookie without a page is refused, at either door; a wrong key is not helped by a right cookie', async () => {
    const cookie = torsby.cookie ?? ''
    const headers = { 'content-type': 'application/json', cookie, 'samsyn-collaboration': 'sutohamu' }
    const body = JSON.stringify({ query: '{ cursor }' })
    expect((await fetch(`${world.url}/graphql`, { method: 'POST', headers, body })).status).toBe(403)
    expect((await fetch(`${world.url}/graphql?query={cursor}`, { headers })).status).toBe(403)
    expect(await knock({ collaboration: 'sutohamu' }, { cookie })).toBe(403)
    expect(await knock({ collaboration: 'sutohamu' })).toBe(4403)
    const bearer = { ...headers, origin: world.url, authorization: `Bearer ${wrong}` }
    expect((await fetch(`${world.url}/graphql`, { method: 'POST', headers: bearer, body })).status).toBe(401)
    expect(await knock({ collaboration: 'sutohamu', key: wrong }, { cookie, origin: world.url })).toBe(4403)
  })
})

describe('making and revoking', () => {
  test('is for those who look after the party’s people; only a hash is kept', async () => {
    const contributor = await world.as('Torsby', 'CONTRIBUTOR')
    expect(await act(contributor, 'makeKey', { id: mint(), name: 'Nej' })).toMatchObject({ code: 'ROLE' })
    const sunne = await world.as('Sunne')
    for (const verb of ['rotateKey', 'endFormerKey', 'revokeKey'] as const) {
      expect(await act(contributor, verb, { id: program.made.id }), verb).toMatchObject({ code: 'ROLE' })
      expect(await act(sunne, verb, { id: program.made.id }), verb).toMatchObject({ __typename: 'NotFound' })
    }
    const [{ kept } = { kept: '' }] = await world.sql<{ kept: string }>(
      `select (select json_agg(k) from api_key k)::text || (select json_agg(s) from api_key_secret s)::text || (select json_agg(e) from journal_entry e)::text as kept`,
    )
    expect(kept).not.toContain(program.key.slice('samsyn_'.length))
  })

  test('a key holds for ninety days unless less or more is said, and never for more than a year', async () => {
    const span = ({ expiresAt, madeAt }: Record<string, unknown>) =>
      (Date.parse(String(expiresAt)) - Date.parse(String(madeAt))) / 86_400_000
    expect(span(program.made)).toBeCloseTo(90, 4)
    expect(span((await does(torsby, 'makeKey', { id: mint(), name: 'Ett år', days: 365 })).subject)).toBeCloseTo(365, 4)
    for (const [days, code] of [
      [366, 'TOO_MANY'],
      [0, 'EMPTY'],
      [-1, 'EMPTY'],
    ] as const)
      expect(await act(torsby, 'makeKey', { id: mint(), name: ' ', days })).toMatchObject({
        issues: [
          { field: 'days', code },
          { field: 'name', code: 'EMPTY' },
        ],
      })
  })

  test('an act that is repeated does not show the key again', async () => {
    const input = { id: mint(), name: 'En gång', idempotencyKey: mint() }
    const [first, again] = [await act(torsby, 'makeKey', input), await act(torsby, 'makeKey', input)]
    expect(first['secret']).toMatch(/^samsyn_[\w-]{43}$/)
    expect(again).toMatchObject({ secret: null, key: { id: (first['key'] as { id: string }).id } })
  })
})

describe('another secret', () => {
  const ask = async (who: Program) => (await who.fetch('{ __typename }')).status
  const uuid = (id: string) => atob(id).slice('ApiKey:'.length)

  test('opens the same key; the former goes on until its time, and one before that is over at once', async () => {
    const first = await programOf(world.server, torsby)
    const { id } = first.made
    const once = await does(torsby, 'rotateKey', { id })
    const second = first.with(once.secret ?? '')
    expect([second.key, once.subject]).toMatchObject([
      expect.stringMatching(/^samsyn_[\w-]{43}$/),
      { id, name: 'Diariet', version: 2, madeAt: first.made['madeAt'], expiresAt: first.made['expiresAt'] },
    ])
    const { sealedAt, formerUntil } = once.subject
    expect(Date.parse(String(formerUntil)) - Date.parse(String(sealedAt))).toBeCloseTo(86_400_000, -2)
    expect([await ask(first), await ask(second)]).toEqual([200, 200])

    const twice = await does(torsby, 'rotateKey', { id, overlapHours: 168 })
    const third = first.with(twice.secret ?? '')
    expect([await ask(first), await ask(second), await ask(third)]).toEqual([401, 200, 200])
    await world.sql('update api_key set former_until = now() where id = $1', [uuid(id)])
    expect([await ask(second), await ask(third)]).toEqual([401, 200])

    await does(torsby, 'revokeKey', { id })
    expect(await ask(third)).toBe(401)
    expect(await act(torsby, 'rotateKey', { id })).toMatchObject({ code: 'STATE' })
  })

  test('tells which of the two was last shown, so that the former is ended when nobody comes with it', async () => {
    const first = await programOf(world.server, torsby)
    const { id } = first.made
    const used = async () => {
      const query = 'query ($id: ID!) { node(id: $id) { ... on ApiKey { sealedAt lastUsedAt secretUsedAt formerUsedAt } } }'
      type Used = Record<'sealedAt' | 'lastUsedAt' | 'secretUsedAt' | 'formerUsedAt', string>
      return (await torsby.query<{ node: Used }>(query, { id })).node
    }
    expect(await used()).toMatchObject({ lastUsedAt: null, secretUsedAt: null, formerUsedAt: null })
    await ask(first)
    const before = await used()
    expect(before).toMatchObject({ secretUsedAt: before.lastUsedAt, formerUsedAt: null })
    // A use is written down once a minute.
    const longAgo = `update api_key set secret_used_at = secret_used_at - interval '1 hour', former_used_at = former_used_at - interval '1 hour' where id = $1`
    await world.sql(longAgo, [uuid(id)])

    const { secret } = await does(torsby, 'rotateKey', { id })
    const rotated = await used()
    expect([rotated.secretUsedAt, rotated.formerUsedAt < rotated.sealedAt]).toEqual([null, true])
    await ask(first)
    const still = await used()
    expect([still.secretUsedAt, still.formerUsedAt > still.sealedAt, still.lastUsedAt]).toEqual([null, true, still.formerUsedAt])
    await world.sql(longAgo, [uuid(id)])
    await ask(first.with(secret ?? ''))
    const moved = await used()
    expect([moved.formerUsedAt < moved.sealedAt, moved.secretUsedAt > moved.sealedAt]).toEqual([true, true])
  })

  test('may renew its life, which is counted from then; the former outlives nothing', async () => {
    const { made } = await programOf(world.server, torsby)
    await world.sql(
      `update api_key set made_at = made_at - interval '300 days', sealed_at = sealed_at - interval '300 days', expires_at = now() + interval '2 days' where id = $1`,
      [uuid(made.id)],
    )
    const kept = (await does(torsby, 'rotateKey', { id: made.id, overlapHours: 100 })).subject
    expect(kept['formerUntil']).toBe(kept['expiresAt'])
    const renewed = (await does(torsby, 'rotateKey', { id: made.id, days: 365 })).subject
    const days = (Date.parse(String(renewed['expiresAt'])) - Date.parse(String(renewed['sealedAt']))) / 86_400_000
    expect(days).toBeCloseTo(365, 4)
    await world.sql('update api_key set expires_at = now() where id = $1', [uuid(made.id)])
    expect(await act(torsby, 'rotateKey', { id: made.id, days: 30 })).toMatchObject({ code: 'STATE' })
  })

  test('what is asked beyond the bounds is told beside its field', async () => {
    const { id } = program.made
    for (const [input, field, code] of [
      [{ overlapHours: -1 }, 'overlapHours', 'EMPTY'],
      [{ overlapHours: 169 }, 'overlapHours', 'TOO_MANY'],
      [{ days: 0 }, 'days', 'EMPTY'],
      [{ days: 366 }, 'days', 'TOO_MANY'],
    ] as const)
      expect(await act(torsby, 'rotateKey', { id, ...input }), field).toMatchObject({ issues: [{ field, code }] })
  })

  test('is shown once, also when the act comes twice at the same time', async () => {
    const { made } = await programOf(world.server, torsby)
    const input = { id: made.id, idempotencyKey: mint() }
    const answers = await Promise.all([act(torsby, 'rotateKey', input), act(torsby, 'rotateKey', input)])
    const shown = answers.map(({ secret }) => secret).filter((secret) => secret !== null)
    expect(shown).toHaveLength(1)
    expect(await ask(program.with(String(shown[0])))).toBe(200)
    expect(answers).toMatchObject([{ key: { version: 2 } }, { key: { version: 2 } }])
  })

  test('whoever follows by the former is closed when it ends: when it is ended, and when its time is up', async () => {
    const programs = [await programOf(world.server, torsby), await programOf(world.server, torsby)] as const
    const after = await torsby.cursor()
    const seen: Following[] = []
    for (const former of programs) {
      const { secret } = await does(torsby, 'rotateKey', { id: former.made.id })
      seen.push(former.follow(after), former.with(secret ?? '').follow(after))
    }
    const [ended, endedNew, late, lateNew] = seen as [Following, Following, Following, Following]
    await Promise.all(seen.map((following) => following.count(2)))
    await does(torsby, 'endFormerKey', { id: programs[0].made.id })
    expect(await ended.closed).toBe(4403)
    await world.sql('update api_key set former_until = now() where id = $1', [uuid(programs[1].made.id)])
    expect(await late.closed).toBe(4403)
    const { id } = await jointTask(torsby, { title: 'Den nya gäller' })
    for (const following of [endedNew, lateNew]) {
      expect((await following.until('task.shared')).subjectId).toBe(id)
      await following.stop()
    }
    expect(ended.kinds).not.toContain('task.shared')
  })
})

test('revoked while it follows: silent at the next entry, closed within seconds', async () => {
  const [leaving, staying] = [await programOf(world.server, torsby), await programOf(world.server, torsby)]
  const after = await torsby.cursor()
  const [one, other] = [leaving.follow(after), staying.follow(after)]
  await jointTask(torsby, { title: 'Före' })
  await Promise.all([one.until('task.shared'), other.until('task.shared')])
  await does(torsby, 'revokeKey', { id: leaving.made.id })
  const revokedAt = performance.now()
  await jointTask(torsby, { title: 'Efter' })
  await other.count(5)
  expect(await one.closed).toBe(4403)
  const seconds = (performance.now() - revokedAt) / 1000
  console.log(`a revoked key's socket is closed after ${seconds.toFixed(2)} s`)
  expect(seconds).toBeLessThan(5)
  expect(one.kinds).toEqual(['task.created', 'task.shared'])

  // One that runs out is closed though nothing happens.
  await world.sql(`update api_key set made_at = made_at - interval '200 days', expires_at = now() where id = $1`, [
    atob(staying.made.id).slice('ApiKey:'.length),
  ])
  expect(await other.closed).toBe(4403)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { accept, linkIn, operator } from '../realtime/newcomers.ts'
import { openWorld } from '../world/world.ts'
import { Visitor } from '../world/visitor.ts'

// Whoever guesses waits longer and longer and learns nothing; whoever owns the account comes in, whatever strangers do. Time is moved,
// not waited for.

const PASSWORD = 'en lång och bra lösenfras'
const OWNER = 'ulla@torsby.example'
const world = await openWorld({ env: { TRUST_PROXY: 'true' } })
afterAll(world.close)

beforeAll(async () => {
  const seat = ['--name', 'Ulla Torsby', '--email', OWNER, '--title', 'Fältare', '--role', 'contributor']
  const link = linkIn(await operator(world, 'member', 'invite', '--collaboration', 'sutohamu', '--party', 'Torsby', ...seat))
  await accept(world.server, link, 'sutohamu')
})

const forget = () => world.sql('delete from sign_in_failure')
/** As if so many seconds had gone by. */
const pass = (seconds: number) => world.sql('update sign_in_failure set last_at = last_at - make_interval(secs => $1)', [seconds])

/** As if so many more had failed, of each that has. */
const more = (times: number) => world.sql('update sign_in_failure set count = count + $1', [times])

interface Told {
  readonly status: number
  readonly code: string | undefined
  readonly wait: number
  readonly cookies: readonly string[]
}

const attempt = async (email: string, password: string, address: string, cookie?: string): Promise<Told> => {
  const headers = { accept: 'application/json', 'x-forwarded-for': address }
  const response = await new Visitor(world.server, cookie).submit('/auth/sign-in', { email, password }, headers)
  const { code, retryAfter = 0 } = (await response.json()) as { code?: string; retryAfter?: number }
  expect(response.headers.get('retry-after')).toBe(retryAfter ? String(retryAfter) : null)
  const cookies = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '')
  return { status: response.status, code, wait: retryAfter, cookies }
}

/** Fails, waiting as told in between. The waits, in seconds. */
const fail = async (times: number, email: string, address: string | (() => string), cookie?: string): Promise<number[]> => {
  const waits: number[] = []
  for (let time = 0; time < times; time++) {
    const from = typeof address === 'string' ? address : address()
    let told = await attempt(email, 'fel lösenord', from, cookie)
    if (told.status === 429) {
      expect(told.code).toBe('SLOW')
      await pass(told.wait)
      waits.push(told.wait)
      told = await attempt(email, 'fel lösenord', from, cookie)
    } else waits.push(0)
    expect([told.status, told.code]).toEqual([401, 'WRONG'])
  }
  return waits
}

test('five are free, then each waits twice as long, up to a quarter of an hour; for an account that is none, the same', async () => {
  const growing = [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
  await forget()
  expect(await fail(growing.length, OWNER, '192.0.2.1')).toEqual(growing)
  await forget()
  expect(await fail(9, 'nobody@torsby.example', '192.0.2.1')).toEqual(growing.slice(0, 9))
  console.log(`seconds before each attempt from one network, account or none: ${growing.join(' ')}`)
})

test('many at once are no way around', async () => {
  await forget()
  const told = await Promise.all(Array.from({ length: 20 }, () => attempt(OWNER, 'fel lösenord', '192.0.2.1')))
  expect(told.filter(({ code }) => code === 'WRONG')).toHaveLength(5)
  expect(told.filter(({ code }) => code === 'SLOW')).toHaveLength(15)
})

test('a stranger shuts nobody out: elsewhere the owner comes in at once, and where the owner is known, always', async () => {
  await forget()
  await fail(7, OWNER, '192.0.2.1')
  expect((await attempt(OWNER, PASSWORD, '192.0.2.1')).code).toBe('SLOW')
  const home = await attempt(OWNER, PASSWORD, '198.51.100.7')
  expect(home.status).toBe(200)
  const [session, browser] = home.cookies
  expect(session).toMatch(/^samsyn-\d+=/)
  expect(browser).toMatch(/^samsyn-\d+-browser=/)

  // Many strangers from everywhere, one of them beside the owner: then only a browser that is not known waits.
  let number = 0
  await fail(5, OWNER, () => `203.0.113.${number++}`)
  await more(45)
  await fail(7, OWNER, '198.51.100.7')
  expect((await attempt(OWNER, PASSWORD, '198.51.100.99')).code).toBe('SLOW')
  for (const address of ['198.51.100.7', '198.51.100.99', '192.0.2.1'])
    expect((await attempt(OWNER, PASSWORD, address, browser)).status, address).toBe(200)

  // A browser is known for the account that signed in there, and for its own failures it waits too.
  expect((await fail(7, OWNER, '198.51.100.7', browser)).slice(-2)).toEqual([1, 2])
  expect((await attempt('nobody@torsby.example', 'fel lösenord', '198.51.100.55', browser)).code).toBe('WRONG')
})

test('one network that tries many accounts waits for all of them; of IPv6 the half that is the subscriber’s to choose is no other', async () => {
  await forget()
  let number = 0
  const waits: number[] = []
  for (let time = 0; time < 7; time++) {
    if (time === 3) await more(46)
    waits.push(...(await fail(1, `guess${number++}@torsby.example`, () => `2001:db8:1:2::${number.toString(16)}`)))
  }
  expect(waits.slice(-4)).toEqual([0, 1, 2, 4])
  expect((await attempt('one-more@torsby.example', 'fel lösenord', '2001:db8:1:2:ffff::1')).code).toBe('SLOW')
  expect((await attempt('one-more@torsby.example', 'fel lösenord', '2001:db8:1:3::1')).code).toBe('WRONG')
})

test('what failed before is forgotten when it succeeds, and after a quiet day', async () => {
  await forget()
  await fail(5, OWNER, '192.0.2.1')
  expect((await attempt(OWNER, PASSWORD, '192.0.2.1')).code).toBe('SLOW')
  await pass(1)
  expect((await attempt(OWNER, PASSWORD, '192.0.2.1')).status).toBe(200)
  expect(await fail(5, OWNER, '192.0.2.1')).toEqual([0, 0, 0, 0, 0])
  await fail(2, OWNER, '192.0.2.1')
  await pass(24 * 60 * 60)
  expect((await fail(6, OWNER, '192.0.2.1')).slice(-2)).toEqual([0, 1])
  // Nothing is kept of what is forgotten.
  await pass(24 * 60 * 60 + 1)
  await attempt('somebody@torsby.example', 'fel lösenord', '192.0.2.77')
  expect(await world.sql('select count(*)::int from sign_in_failure')).toEqual([{ count: 3 }])
})

test('a person is told in words, on the page for signing in', async () => {
  await forget()
  await fail(8, OWNER, '192.0.2.1')
  const headers = { 'x-forwarded-for': '192.0.2.1' }
  const form = await world.visitor().submit('/auth/sign-in', { email: OWNER, password: 'fel' }, headers)
  const address = form.headers.get('location') ?? ''
  expect([form.status, address]).toEqual([303, expect.stringMatching(/^\/sign-in\?error=SLOW&retryAfter=\d+&next=%2F$/)])
  const page = await world.visitor().fetch(address, { headers: { 'accept-language': 'sv' } })
  expect(await page.text()).toMatch(/För många försök[^]*Vänta \d sekunder och försök igen/)
})

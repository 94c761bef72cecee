import { afterAll, expect, test } from 'vitest'
import type { Actor } from '../world/actor.ts'
import { act, DONE, does, jointTask } from '../world/acts.ts'
import { PushService } from '../world/pushService.ts'
import { refusals } from '../world/refusals.ts'
import { openWorld } from '../world/world.ts'
import { allSent } from './letters.ts'

// Which browsers are told: whose they are, how many, and which addresses are none of the world outside.

const service = await PushService.open()
const world = await openWorld({ env: service.settings })
afterAll(async () => {
  await world.close()
  await service.close()
})

const torsby = await world.as('Torsby')
const hanna = await world.as('Hagfors', 'CONTRIBUTOR')
const { browser: hannas } = await service.named(hanna, 'hanna', 'Firefox, Windows')
const { expectRefused } = refusals(world, ['push_browser', 'notification_settings', DONE])

const gives = async (to: Actor, title: string) => {
  const { id, version } = await jointTask(torsby, { title })
  await does(torsby, 'assignTask', { id, baseVersion: version, assignees: [to.memberId], responsible: [] })
}

test('a browser tells whoever named it last, and is taken away by its owner alone', async () => {
  const sune = await world.as('Sunne', 'CONTRIBUTOR')
  const { endpoint, publicKey, secret } = hannas
  const { subject } = await does(sune, 'addBrowser', { endpoint, publicKey, secret, label: 'Firefox, Windows' })
  const settings = subject as unknown as { browsers: { id: string }[] }
  expect(settings.browsers.length).toBe(1)
  service.arrived.length = 0
  await gives(hanna, 'Inte här längre')
  await gives(sune, 'Nu Sunes')
  await service.message(hannas, 'Nu Sunes')
  await allSent(world)
  expect(service.for(hannas).map(({ notice }) => notice.title)).toEqual(['Nu Sunes'])
  const browser = settings.browsers[0]?.id ?? ''
  await expectRefused(hanna, 'removeBrowser', { browser }, { __typename: 'NotFound', field: 'browser' })
  await expectRefused(hanna, 'removeBrowser', { browser: btoa('PushBrowser:x') }, { __typename: 'NotFound', field: 'browser' })
  expect((await hanna.query('query ($id: ID!) { node(id: $id) { id } }', { id: browser })).node).toBeNull()
  await does(sune, 'removeBrowser', { browser })
  await expectRefused(sune, 'removeBrowser', { browser }, { __typename: 'NotFound', field: 'browser' })
})

test('a browser that its push service reaches elsewhere is told there, under the name that it had, and nobody else’s is moved', async () => {
  const { browser: before } = await service.named(hanna, 'before', 'Firefox, Android')
  const after = await service.browser('after')
  const now = { endpoint: after.endpoint, publicKey: after.publicKey, secret: after.secret }
  const input = { former: before.endpoint, ...now }
  const nowhere = { __typename: 'NotFound', field: 'former' }
  await expectRefused(await world.as('Sunne'), 'replaceBrowser', input, nowhere)
  await expectRefused(hanna, 'replaceBrowser', { ...input, former: 'https://push.example/never' }, nowhere)
  const wrong = { ...input, endpoint: 'https://127.0.0.1/a', publicKey: 'B', secret: 'kort' }
  await expectRefused(hanna, 'replaceBrowser', wrong, {
    __typename: 'InvalidInput',
    issues: [
      { field: 'endpoint', code: 'UNKNOWN' },
      { field: 'publicKey', code: 'INVALID_CHARACTER' },
      { field: 'secret', code: 'INVALID_CHARACTER' },
    ],
  })
  await expectRefused(hanna, 'replaceBrowser', { ...input, former: 'x'.repeat(1_001) }, { issues: [{ code: 'TOO_LONG' }] })
  const { subject } = await does(hanna, 'replaceBrowser', input)
  const { browsers } = subject as unknown as { browsers: { label: string; fingerprint: string }[] }
  expect(browsers.filter(({ label }) => label === 'Firefox, Android')).toMatchObject([{ fingerprint: after.fingerprint }])
  service.arrived.length = 0
  await gives(hanna, 'Nytt ställe')
  await service.message(after, 'Nytt ställe')
  await allSent(world)
  expect(service.for(before)).toEqual([])
  // Said once more, it is done.
  await expectRefused(hanna, 'replaceBrowser', input, nowhere)
})

test('what is no browser of the world outside is refused beside its field, through both doors', async () => {
  const { endpoint, publicKey, secret } = await service.browser('other')
  const good = { endpoint, publicKey, secret, label: 'Chrome' }
  const refused = (input: object, ...issues: string[]) =>
    expectRefused(
      hanna,
      'addBrowser',
      { ...good, ...input },
      { __typename: 'InvalidInput', issues: issues.map((issue) => ({ field: issue.split(' ')[0], code: issue.split(' ')[1] })) },
    )
  for (const inside of [
    'http://push.example/a',
    'https://localhost/a',
    'https://intern/a',
    'https://127.0.0.1/a',
    'https://10.1.2.3/a',
    'https://0x7f.1/a',
    'https://2130706433/a',
    'https://169.254.169.254/latest',
    'https://[::1]/a',
    'https://[::ffff:127.0.0.1]/a',
    'https://[fd00::1]/a',
    'https://push.example:22/a',
    'https://name:word@push.example/a',
    `${service.origin.replace('127.0.0.1', 'localhost')}/a`,
    'file:///etc/passwd',
    'push',
  ])
    await refused({ endpoint: inside }, 'endpoint UNKNOWN')
  await refused({ endpoint: `https://push.example/${'a'.repeat(1_000)}` }, 'endpoint TOO_LONG')
  await refused({ publicKey: `B${'A'.repeat(86)}`, secret: 'kort' }, 'publicKey INVALID_CHARACTER', 'secret INVALID_CHARACTER')
  await refused({ label: ' ' }, 'label EMPTY')
  await refused({ label: 'x'.repeat(101) }, 'label TOO_LONG')
  const observer = await world.as('Munkfors')
  for (let index = 0; index < 10; index += 1) await service.named(observer, `many-${index}`)
  await expectRefused(observer, 'addBrowser', good, {
    __typename: 'InvalidInput',
    issues: [{ field: 'endpoint', code: 'TOO_MANY', limit: 10 }],
  })
  // Named again is no browser more.
  expect(await act(observer, 'addBrowser', { ...good, endpoint: `${service.origin}/many-3` })).toMatchObject({
    __typename: 'SettingsChanged',
  })
})

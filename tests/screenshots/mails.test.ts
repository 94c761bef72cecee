import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { violations } from '../accessibility/violations.ts'
import { addressOf, allSent, choose, due, time } from '../notifications/letters.ts'
import { mint, type Actor } from '../world/actor.ts'
import { act, does, jointTask, newTask } from '../world/acts.ts'
import { awaitingVersion, openProposal, signatoriesOf } from '../world/agreements.ts'
import { openBrowser } from '../world/browser.ts'
import { type Arrived, PostOffice } from '../world/postOffice.ts'
import { eventually } from '../world/eventually.ts'
import { EVERYTHING } from '../webhooks/hooks.ts'
import { openWorld } from '../world/world.ts'
import { flaws } from './flaws.ts'

// Every mail that the hub writes, as a mail program shows it: light and dark, on a phone and on a desk. Nothing is cut off, axe finds nothing, and
// what is written says the same as what is drawn. With SCREENSHOTS each is kept as a picture and as text, for people to look at.

const folder = process.env['SCREENSHOTS']
/** All of them; or, where nobody looks, one of each colour and width. */
const looks = (['light', 'dark'] as const)
  .flatMap((colorScheme) => [390, 800].map((width) => ({ colorScheme, width })))
  .filter(({ colorScheme, width }) => folder || process.env['PROVE'] || (colorScheme === 'light') === (width === 390))
const office = await PostOffice.open()
const [world, browser] = await Promise.all([openWorld({ env: office.settings }), openBrowser()])
afterAll(async () => {
  await browser.close()
  await world.close()
  await office.close()
})

const hilda = await world.as('Hagfors')
const hildas = await addressOf(world, hilda)
const [sunne, torsby] = [await world.as('Sunne'), await world.as('Torsby')]
const say = (who: Actor, task: string, text: string) =>
  does(who, 'writeComment', { id: mint(), task, text, audience: 'AS_PARENT' })

const DUE = 'Rapporten till årsmötet'
const HOOK = 'Diariet i Hagfors'

/** Something of every kind that somebody may be told of. */
const everything = async () => {
  const day = new Date(Date.now() + 3_600_000).toISOString().slice(0, 10)
  await newTask(hilda, { title: DUE, assignees: [hilda.memberId], dueOn: day })
  const { id, version } = await jointTask(torsby, {
    title: 'Belysning mellan skolan och badet: hela vägen, också förbi parkeringen',
  })
  await does(torsby, 'assignTask', { id, baseVersion: version, assignees: [hilda.memberId], responsible: [] })
  await say(
    torsby,
    id,
    `@[Hilda](member:${hilda.seat.memberId}), kan ni ta **sträckan vid ån**?\n\n- innan hösten\n- med vaktmästarna`,
  )
  await say(sunne, id, 'Vi har lyktor över sedan i våras.')
  const key = (await does(hilda, 'makeKey', { id: mint(), name: 'Diariets nyckel' })).subject.id
  const hook = { id: mint(), name: HOOK, url: 'https://diariet.example/hook', document: EVERYTHING, key }
  await does(hilda, 'makeWebhook', hook)
  await does(hilda, 'revokeKey', { id: key })
  const proposal = await openProposal(hilda, '2')
  await act(sunne, 'answerProposal', { id: proposal, position: 'NO', reason: 'Det säger för lite om vem som gör vad.' })
  const signatories = await signatoriesOf(world)
  await awaitingVersion(signatories)
}

const shown = async (mail: Arrived, name: string): Promise<void> => {
  for (const { colorScheme, width } of looks) {
    const context = await browser.open({ colorScheme, viewport: { width, height: 900 } })
    const page = await context.newPage()
    await page.setContent(mail.html)
    const found = [...(await violations(page)), ...(await flaws(page))]
    if (folder) await page.screenshot({ path: join(folder, `mail-${name}-${width}-${colorScheme}.png`), fullPage: true })
    await context.close()
    expect(found, `${name}, ${width} px, ${colorScheme}`).toEqual([])
  }
  if (folder) await writeFile(join(folder, `mail-${name}.txt`), `${mail.subject}\n\n${mail.text}`)
  // Whoever reads the text misses nothing: every link that is drawn is written.
  for (const [, href] of mail.html.matchAll(/href="([^"]+)"/g)) expect(mail.text).toContain(href?.replaceAll('&amp;', '&'))
}

test('every mail, drawn and written', async () => {
  if (folder) await mkdir(folder, { recursive: true })
  const reasons = [
    'ASSIGNED',
    'MENTIONED',
    'SHARED',
    'COMMENT',
    'PROPOSED',
    'ANSWERED',
    'DECIDED',
    'TO_SIGN',
    'DUE',
    'OVERDUE',
    'WEBHOOK_STOPPED',
  ]
  for (const reason of reasons) await choose(hilda, 'MAIL', reason, true)
  await everything()
  // What falls due is looked for when a server starts, and now and then.
  await world.server.kill()
  await world.server.start()
  await office.mail(hildas, DUE, 30_000)
  await office.mail(hildas, HOOK, 30_000)
  await allSent(world, 30_000)
  const single = [...office.for(hildas)]
  expect(single.length).toBeGreaterThan(reasons.length - 2)
  for (const [index, mail] of single.entries()) await shown(mail, String(index))

  await time(hilda, { digestAt: '07:00', quietFrom: null, quietTo: null, timeZone: 'Europe/Stockholm', language: 'SV' })
  await everything()
  await allSent(world, 30_000)
  await due(world)
  await allSent(world, 30_000)
  const [digest, ...more] = office.for(hildas).slice(single.length)
  expect(more).toEqual([])
  if (!digest) throw new Error('the digest has not come')
  await shown(digest, 'digest')

  await time(hilda, {
    digestAt: null,
    quietFrom: null,
    quietTo: null,
    timeZone: 'Europe/Stockholm',
    language: 'SV',
    weeklyOn: 'MONDAY',
  })
  await world.sql(`update notification_settings set weekly_at = now() - interval '1 minute' where member_id = $1`, [
    hilda.seat.memberId,
  ])
  await world.server.kill()
  await world.server.start()
  const week = await eventually(
    'the weekly letter',
    () => office.for(hildas).find(({ subject }) => subject.startsWith('Veckan')),
    30_000,
  )
  await shown(week, 'week')
}, 120_000)

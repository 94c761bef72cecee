import { afterAll, expect, test } from 'vitest'
import { mint, uuidOf, type Actor } from '../world/actor.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { openProposal, signatoriesOf } from '../world/agreements.ts'
import { eventually } from '../world/eventually.ts'
import { PostOffice } from '../world/postOffice.ts'
import { partiesOf } from '../realtime/newcomers.ts'
import { openWorld } from '../world/world.ts'
import { addressOf, time } from './letters.ts'

// Once a week, to whoever wants it: what the parties did. Time is moved in the database: whose letter waits for Monday is told that it is
// Monday, and a server that starts looks at once.

const office = await PostOffice.open()
const world = await openWorld({ env: office.settings })
afterAll(async () => {
  await world.close()
  await office.close()
})

const torsby = await world.as('Torsby')
const pia = await world.as('Polisen')
const hanna = await world.as('Hagfors', 'CONTRIBUTOR')
const hannas = await addressOf(world, hanna)
const TIMES = { digestAt: null, quietFrom: null, quietTo: null, timeZone: 'Europe/Stockholm', language: 'SV' }
const HEADING = 'Veckan: det här har ändrats mellan parterna'

const settingsOf = async ({ seat }: Actor) => {
  const [row] = await world.sql<{ on: string | null; at: Date | null; mailed: number; local: string | null }>(
    `select weekly_on as on, weekly_at as at, cardinality(mailed) as mailed, to_char(weekly_at at time zone time_zone, 'FMDay HH24:MI') as local
     from notification_settings where member_id = $1`,
    [seat.memberId],
  )
  return row ?? expect.fail('no settings')
}
const weekIs = async ({ seat }: Actor, at: Date | string) =>
  world.sql('update notification_settings set weekly_at = $2 where member_id = $1', [seat.memberId, at])
/** What waited is taken, and all jobs are done. */
const taken = async (who: Actor, before: Date | string) => {
  await world.server.kill()
  await world.server.start()
  await eventually('it is taken', async () => ((await settingsOf(who)).at ?? new Date()) > new Date(before))
  await eventually(
    'all letters are done with',
    async () =>
      (
        await world.sql(
          `select from jobs.job where name = 'letters' and state in ('created', 'retry', 'active') and start_after <= now()`,
        )
      ).length === 0,
  )
}
const weeks = (address: string) => office.for(address).filter(({ subject }) => subject.startsWith(HEADING))

test('it is off until a day is chosen, and comes on that day at the digest’s hour or at eight, by one’s own clock', async () => {
  expect(await settingsOf(hanna)).toMatchObject({ on: null, at: null })
  await time(hanna, { ...TIMES, weeklyOn: 'SUNDAY' })
  expect(await settingsOf(hanna)).toMatchObject({ on: 'SUNDAY', local: 'Sunday 08:00' })
  await time(hanna, { ...TIMES, weeklyOn: 'MONDAY', digestAt: '06:30', timeZone: 'America/New_York' })
  const { at, local } = await settingsOf(hanna)
  expect(local).toBe('Monday 06:30')
  const away = (at?.getTime() ?? 0) - Date.now()
  expect(away > 0 && away <= 7 * 86_400_000).toBe(true)
  await time(hanna, { ...TIMES, weeklyOn: 'MONDAY' })
  const changes = hanna.follow({ after: await hanna.personalCursor() })
  await time(hanna, { ...TIMES, weeklyOn: 'FRIDAY' })
  expect(await changes.until('settings.changed')).toMatchObject({ fields: ['weeklyOn'] })
  await changes.stop()
})

test('of each party what it did, as far as the receiver may read as it goes, once however often', async () => {
  const party = await partiesOf(torsby)
  const titles = Array.from({ length: 7 }, (_, index) => `Delad ${index} <b>`)
  for (const title of titles) await jointTask(torsby, { title })
  const delivered = await jointTask(pia, { title: 'Polisens läge' })
  await does(pia, 'moveTask', { id: delivered.id, state: 'DELIVERED' })
  for (const text of ['Ett', 'Två'])
    await does(pia, 'writeComment', { id: mint(), task: delivered.id, text, audience: 'AS_PARENT' })
  await does(pia, 'writeComment', { id: mint(), task: delivered.id, text: 'Bara vi', audience: 'OWN' })
  // What Hagfors may not know of: an own draft, and what is shared with another party alone.
  await newTask(torsby, { title: 'Torsbys utkast' })
  const { id: between } = await newTask(torsby, { title: 'Torsby och Polisen' })
  await does(torsby, 'shareTask', { id: between, audience: 'SHARED', with: [party('Polisen')] })
  // What it could read when it happened, and can't when the letter goes.
  const gone = await jointTask(torsby, { title: 'Utom räckhåll' })
  await world.sql('update task set readers = array[party_id] where id = $1', [uuidOf(gone.id)])
  const [sunne] = await signatoriesOf(world)
  await openProposal(sunne ?? torsby)

  const now = new Date()
  await weekIs(hanna, now)
  await taken(hanna, now)
  const [letter, ...others] = weeks(hannas)
  expect(others).toEqual([])
  const { text, html } = letter ?? expect.fail('no letter')
  const section = (name: string) => text.slice(text.indexOf(`\n${name}\n`) + 1).split('\n\n')[0] ?? ''
  expect(section('Torsby').match(/^- .+: /gm)).toHaveLength(6)
  expect(section('Torsby')).toContain('- Delade uppgiften: Delad ')
  expect(section('Torsby')).toMatch(/- Och \d+ till/)
  expect(section('Polisen')).toContain(
    `- Levererade uppgiften: Polisens läge\n  ${world.url}/c/${hanna.slug}/tasks/${uuidOf(delivered.id)}`,
  )
  // What Polisen has said where Hagfors reads it, the two just now and what stands in the pilot; not what was kept inside.
  const [said] = await world.sql<{ count: number }>(
    `select count(*)::int from comment join party on party.id = comment.party_id join member on member.id = $1
     where party.name = 'Polisen' and member.party_id = any (comment.readers) and withdrawn_at is null and written_at > $2`,
    [hanna.seat.memberId, new Date(now.getTime() - 7 * 86_400_000)],
  )
  expect(said?.count).toBeGreaterThanOrEqual(2)
  expect(section('Polisen')).toContain(`- Skrev ${said?.count} kommentarer`)
  expect(section('Sunne')).toContain('- Lade fram förslaget: ')
  for (const secret of ['Torsbys utkast', 'Torsby och Polisen', 'Utom räckhåll', 'Bara vi']) expect(text).not.toContain(secret)
  expect(html).toContain('&lt;b&gt;')
  expect(html).not.toContain('<b>')
  expect(html).toContain('<h2')

  // The same once more is the same letter, and no second one; the next goes in a week.
  await weekIs(hanna, now)
  await taken(hanna, now)
  expect(weeks(hannas)).toHaveLength(1)
  expect((await settingsOf(hanna)).local).toBe('Friday 08:00')
})

test('when nothing has happened there is no letter; in the reader’s language; whoever stops it stops that alone', async () => {
  office.arrived.length = 0
  const long = '2020-01-06T07:00:00Z'
  await weekIs(hanna, long)
  await taken(hanna, long)
  expect(weeks(hannas)).toEqual([])

  await time(hanna, { ...TIMES, weeklyOn: 'FRIDAY', language: 'EN' })
  const now = new Date()
  await weekIs(hanna, now)
  await taken(hanna, now)
  const letter = await office.mail(hannas, 'The week: what has changed between the parties: SuToHaMu och Polisen')
  expect(letter.html).toContain('lang="en"')
  const list = letter.mail.headers.get('list') as unknown as { unsubscribe: { url: string } }
  const press = () =>
    world.visitor().fetch(list.unsubscribe.url, {
      method: 'POST',
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const { mailed } = await settingsOf(hanna)
  expect((await world.visitor().fetch(list.unsubscribe.url)).status).toBe(200)
  expect((await settingsOf(hanna)).on).toBe('FRIDAY')
  expect([(await press()).status, (await press()).status]).toEqual([200, 200])
  expect(await settingsOf(hanna)).toMatchObject({ on: null, at: null, mailed })
  expect(mailed).toBeGreaterThan(0)
})

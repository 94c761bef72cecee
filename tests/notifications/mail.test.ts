import { afterAll, expect, test } from 'vitest'
import { uuidOf, type Actor } from '../world/actor.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { PostOffice } from '../world/postOffice.ts'
import { openWorld } from '../world/world.ts'

// E-mail, through a real SMTP server: who is told of what by mail, in which words, and how it is stopped.

const office = await PostOffice.open()
const world = await openWorld({ env: office.settings })
afterAll(async () => {
  await world.close()
  await office.close()
})

const torsby = await world.as('Torsby')
const hanna = await world.as('Hagfors')

const addressOf = async ({ seat }: Actor): Promise<string> => {
  const [row] = await world.sql<{ email: string }>(
    'select email from person join member on person_id = person.id where member.id = $1',
    [seat.memberId],
  )
  return row?.email ?? ''
}
const hannas = await addressOf(hanna)

test('Torsby gives Hagfors a task, and within a second a mail says so', async () => {
  const title = 'Belysning vid ”Gröna gången” <b>'
  const { id, version } = await jointTask(torsby, { title })
  const from = performance.now()
  await does(torsby, 'assignTask', { id, baseVersion: version, assignees: [hanna.memberId], responsible: [] })
  const { mail, text, html, id: messageId } = await office.mail(hannas, title)
  console.log(`the mail was there after ${Math.round(performance.now() - from)} ms`)
  expect(performance.now() - from).toBeLessThan(1_000)
  expect(text).toContain(`${torsby.seat.name} (Torsby) gav dig uppgiften.`)
  expect(text).toContain(`${world.url}/c/${torsby.seat.slug}/tasks/${uuidOf(id)}`)
  expect(html).toContain('Belysning vid ”Gröna gången” &lt;b&gt;')
  expect(html).not.toContain('<b>')
  expect(mail.from?.text).toBe('"Samsyn" <samsyn@samsyn.example>')
  expect(messageId).toMatch(/^<[0-9a-f-]{36}@samsyn\.example>$/)
})
void newTask

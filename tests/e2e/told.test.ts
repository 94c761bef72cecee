import { afterAll, expect, test } from 'vitest'
import { notifications as w } from '../../client/src/lib/language/sv/notifications.ts'
import { does, jointTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { PostOffice } from '../world/postOffice.ts'
import { openWorld } from '../world/world.ts'
import { addressOf } from '../notifications/letters.ts'

// Torsby gives Hagfors a task. It is on the board, in the inbox with its reason, and in the mailbox; and how one wants to be told is said
// on a page, the same in all of one's windows, or behind the link in a mail.

const office = await PostOffice.open()
const world = await openWorld({ env: office.settings })
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
  await office.close()
})

const torsby = await world.as('Torsby')
const hagfors = await world.as('Hagfors', 'CONTRIBUTOR')
const mailbox = await addressOf(world, hagfors)
const room = `/c/${hagfors.slug}`

const look = async (path: string) => {
  const page = await browser.as(hagfors, { viewport: { width: 1280, height: 900 } })
  await page.goto(path)
  await page.locator('[data-connection=live]').waitFor()
  return page
}

test('given in one browser, it is at once on the board, in the inbox and in the mailbox of the other', async () => {
  const { id, version } = await jointTask(torsby, { title: 'Lys upp tunneln' })
  const [board, inbox] = [await look(`${room}/tasks`), await look(`${room}/inbox`)]
  await board.getByRole('link', { name: 'Lys upp tunneln' }).waitFor()
  const from = performance.now()
  await does(torsby, 'assignTask', { id, baseVersion: version, assignees: [hagfors.memberId], responsible: [] })
  const after = async (there: Promise<unknown>) => {
    await there
    return Math.round(performance.now() - from)
  }
  const took = await Promise.all([
    after(
      board
        .getByRole('article')
        .filter({ hasText: 'Lys upp tunneln' })
        .getByRole('img', { name: `${hagfors.seat.name}, Hagfors` })
        .waitFor(),
    ),
    after(inbox.locator('.notification', { hasText: 'Lys upp tunneln' }).getByText(w.why.ASSIGNED).waitFor()),
    after(office.mail(mailbox, 'Lys upp tunneln')),
  ])
  console.log(`board, inbox and mailbox after ${took.join(', ')} ms`)
  // A machine that runs all tests at once has other things to do; with PROVE this one has it to itself.
  expect(Math.max(...took)).toBeLessThan(process.env['PROVE'] === undefined ? 10_000 : 1_000)
})

test('what is chosen in one window is chosen in the other, and what another hand stops is stopped in both', async () => {
  const [one, other] = [await look(`${room}/inbox/settings`), await look(`${room}/inbox/settings`)]
  const box = (page: typeof one, reason: 'ASSIGNED' | 'MENTIONED', place: 'INBOX' | 'MAIL') => {
    const what = w.reason[reason].charAt(0).toUpperCase() + w.reason[reason].slice(1)
    return page.getByRole('checkbox', { name: w.settings.cell(what, w.settings.channel[place]), exact: true })
  }
  expect(await box(one, 'ASSIGNED', 'MAIL').isChecked()).toBe(true)
  await box(one, 'ASSIGNED', 'MAIL').uncheck()
  await other.waitForFunction(() => !document.querySelectorAll<HTMLInputElement>('[type=checkbox]')[1]?.checked)
  expect(await box(other, 'ASSIGNED', 'MAIL').isChecked()).toBe(false)
  // Out of the inbox, nothing is mailed either, and that is seen.
  await box(other, 'MENTIONED', 'INBOX').uncheck()
  await one.locator('[type=checkbox]:disabled').first().waitFor()
  expect(await box(one, 'MENTIONED', 'MAIL').isDisabled()).toBe(true)
  await box(one, 'MENTIONED', 'INBOX').check()
  await box(one, 'ASSIGNED', 'MAIL').check()

  // When mails come is kept when it is saved; the other window, in which nothing is being filled in, shows it.
  await one.getByRole('radio', { name: w.settings.digest }).check()
  await one.getByLabel(w.settings.digestAt).fill('06:45')
  await one.getByRole('button', { name: w.settings.save }).click()
  await one.getByText(w.settings.saved).waitFor()
  await other.waitForFunction(() => document.querySelector<HTMLInputElement>('[type=time]')?.value === '06:45')
  expect(await other.getByRole('radio', { name: w.settings.digest }).isChecked()).toBe(true)

  // Behind the link in the mail, somebody who is not signed in presses the button.
  const { mail } = await office.mail(mailbox, 'Lys upp tunneln')
  const list = mail.headers.get('list') as unknown as { unsubscribe: { url: string } }
  const stranger = await (await browser.open()).newPage()
  await stranger.goto(list.unsubscribe.url)
  await stranger.getByText(w.unsubscribe.what(w.reason.ASSIGNED)).waitFor()
  expect(await box(one, 'ASSIGNED', 'MAIL').isChecked()).toBe(true)
  await stranger.getByRole('button', { name: w.unsubscribe.confirm }).click()
  await stranger.getByText(w.unsubscribe.doneWhat(w.reason.ASSIGNED)).waitFor()
  await one.waitForFunction(() => !document.querySelectorAll<HTMLInputElement>('[type=checkbox]')[1]?.checked)
})

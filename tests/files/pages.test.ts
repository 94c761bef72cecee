import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { Hands } from '../accessibility/hands.ts'
import { comments } from '../../client/src/lib/language/sv/comments.ts'
import { files as w } from '../../client/src/lib/language/sv/files.ts'
import { uuidOf, type Actor } from '../world/actor.ts'
import { jointTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { eventually } from '../world/eventually.ts'
import { office, pdf, png } from '../world/files.ts'
import { openWorld } from '../world/world.ts'

// Two parties at the same task, each in a browser of its own: what one attaches the other sees come, and downloads; and one is told
// in words what is not taken, before and after it was sent.

const world = await openWorld({ env: { FILE_LIMIT: '3' } })
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})

const [torsby, polisen] = [await world.as('Torsby'), await world.as('Polisen')]
const task = (await jointTask(torsby)).id
const openTask = async (actor: Actor): Promise<Page> => {
  const page = await browser.as(actor, { viewport: { width: 1280, height: 900 } })
  await page.goto(`/c/${actor.slug}/tasks/${uuidOf(task)}`)
  await page.locator('[data-connection=live]').waitFor()
  return page
}
const [mine, theirs] = [await openTask(torsby), await openTask(polisen)]

const section = (page: Page) => page.locator('section', { has: page.getByRole('heading', { name: w.heading, exact: true }) })
const file = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const choose = async (page: Page, within: ReturnType<typeof section>, ...given: { name: string; bytes: Buffer }[]) => {
  const chosen = page.waitForEvent('filechooser')
  await within.getByRole('button', { name: w.attach, exact: true }).click()
  await (await chosen).setFiles(given.map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: bytes })))
}

test('what one attaches comes with its progress, and to the other at once, who downloads it', async () => {
  const large = pdf('Samsyn', `%${'x'.repeat(2_500_000)}\n`)
  // A slow line, so that there is something to see on the way.
  const line = await mine.context().newCDPSession(mine)
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 2_000_000,
  })
  await choose(mine, section(mine), { name: 'Åtgärdsplan.pdf', bytes: large })
  const bar = mine.getByRole('progressbar', { name: w.sending('Åtgärdsplan.pdf') })
  await bar.waitFor()
  await eventually('some of it has been sent, not all', async () => {
    const value = await bar.evaluate((element) => (element as HTMLProgressElement).value, undefined, { timeout: 1_000 })
    return value > 0 && value < 1
  })
  await file(mine, 'Åtgärdsplan.pdf').waitFor()
  await line.detach()
  await file(theirs, 'Åtgärdsplan.pdf').waitFor()
  const downloading = theirs.waitForEvent('download')
  await file(theirs, 'Åtgärdsplan.pdf').click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('Åtgärdsplan.pdf')
  expect((await readFile(await download.path())).equals(large)).toBe(true)
  expect(await section(theirs).textContent()).toMatch(/PDF, 2,5 MB.*Torbjörn Torsbyberg, Torsby/)
})

test('what is not taken is said in words, and can be taken off the list', async () => {
  await choose(
    mine,
    section(mine),
    { name: 'städa.exe', bytes: Buffer.from('MZ') },
    { name: 'stor.pdf', bytes: Buffer.alloc(3_000_001) },
    { name: 'makro.docx', bytes: office('docx', [{ name: 'word/vbaProject.bin', content: 'x' }]) },
    { name: 'bild.png', bytes: pdf() },
  )
  for (const words of [w.refused.KIND(), w.refused.TOO_LARGE('3 MB'), w.refused.MACROS(), w.refused.MISMATCH()])
    await mine.getByRole('alert').filter({ hasText: words }).waitFor()
  for (const name of ['städa.exe', 'stor.pdf', 'makro.docx', 'bild.png'])
    await mine.getByRole('button', { name: w.takeAway(name), exact: true }).click()
  expect(await mine.getByRole('alert').filter({ hasText: w.refused.KIND() }).count()).toBe(0)
  expect(await theirs.getByText('makro.docx').count()).toBe(0)
})

test('one on its way is called back, and nothing comes of it', async () => {
  const line = await mine.context().newCDPSession(mine)
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 50_000,
  })
  await choose(mine, section(mine), { name: 'ångrad.pdf', bytes: pdf('x', `%${'x'.repeat(2_000_000)}\n`) })
  await mine.getByRole('progressbar').waitFor()
  await mine.getByRole('button', { name: w.cancel('ångrad.pdf'), exact: true }).click()
  await mine.getByRole('progressbar').waitFor({ state: 'detached' })
  await line.detach()
  expect(await world.sql(`select from upload where name = 'ångrad.pdf'`)).toEqual([])
})

test('a comment brings what was dropped on it; the author removes one, by keyboard, for all', async () => {
  const composer = mine.locator('form.composer')
  const dropped = await mine.evaluateHandle(
    ({ bytes, name }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([new Uint8Array(bytes)], name))
      return transfer
    },
    { bytes: [...png()], name: 'karta.png' },
  )
  const adder = composer.getByRole('group', { name: w.attach })
  await adder.dispatchEvent('dragover', { dataTransfer: dropped })
  await adder.dispatchEvent('drop', { dataTransfer: dropped })
  await composer.getByText(w.ready).waitFor()
  await mine.getByLabel(comments.label, { exact: true }).fill('Så här ser det ut.')
  await composer.getByRole('button', { name: comments.write, exact: true }).click()
  await file(theirs, 'karta.png').waitFor()
  expect(await composer.getByText('karta.png').count()).toBe(0)
  expect(await theirs.getByRole('button', { name: w.remove('karta.png'), exact: true }).count()).toBe(0)

  const remove = mine.getByRole('button', { name: w.remove('karta.png'), exact: true })
  await remove.focus()
  await mine.keyboard.press('Enter')
  await mine.getByRole('dialog', { name: w.removeTitle }).waitFor()
  await mine.getByRole('button', { name: w.removeConfirm, exact: true }).press('Enter')
  await file(theirs, 'karta.png').waitFor({ state: 'detached' })
  await file(mine, 'karta.png').waitFor({ state: 'detached' })
  expect(await file(mine, 'Åtgärdsplan.pdf').count()).toBe(1)
})

test('with the keyboard alone one attaches a file, and takes it back', async () => {
  const hands = new Hands(mine)
  const attach = section(mine).getByRole('button', { name: w.attach, exact: true })
  await mine.reload()
  await mine.locator('[data-connection=live]').waitFor()
  const chosen = mine.waitForEvent('filechooser')
  await hands.use(attach)
  await (await chosen).setFiles([{ name: 'dagordning.pdf', mimeType: 'application/pdf', buffer: pdf() }])
  await file(mine, 'dagordning.pdf').waitFor()
  await hands.hears(w.attached('dagordning.pdf'))
  await hands.use(mine.getByRole('button', { name: w.remove('dagordning.pdf'), exact: true }), 'Enter', 'Shift+Tab')
  await hands.findsFocusIn(mine.getByRole('dialog', { name: w.removeTitle }))
  await hands.use(mine.getByRole('button', { name: w.removeConfirm, exact: true }))
  await file(theirs, 'dagordning.pdf').waitFor({ state: 'detached' })
  await hands.hears(w.removed('dagordning.pdf'))
  await hands.findsFocusIn(section(mine))
})

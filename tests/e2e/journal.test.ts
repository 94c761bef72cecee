import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { chain } from '../../client/src/lib/language/sv/chain.ts'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { members } from '../../client/src/lib/language/sv/members.ts'
import { samsyn } from '../../server/src/operator/run.testing.ts'
import { openBrowser } from '../world/browser.ts'
import { eventually } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'

// A coordinator takes home what the hub has signed of the party's journal, and holds the hub to it without the hub.

const verifier = join(import.meta.dirname, '../../examples/verify.mjs')

const world = await openWorld()
const browser = await openBrowser()
afterAll(async () => {
  await browser.close()
  await world.close()
})

interface Head {
  readonly seq: string
  readonly hash: string
  readonly key: string
}
const settings = { DATABASE_URL: world.ownerUrl, DATA_DIR: world.dataDir }
const torsby = await world.as('Torsby')
const headsOf = async () =>
  (await torsby.query<{ signedHeads: { nodes: Head[] } }>('{ signedHeads { nodes { seq hash key } } }')).signedHeads.nodes

const page = await browser.as(torsby)
await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])

test('found from the party, read, copied whole, taken home and checked there', async () => {
  const [head] = await eventually('the day is signed', async () => {
    const heads = await headsOf()
    return heads.length === 1 && heads
  })
  if (!head) throw new Error('no head')
  await page.goto(`/c/${torsby.slug}/members`)
  await page.locator('[data-connection=live]').waitFor()
  await page.getByRole('link', { name: dictionary.ui.journal }).click()
  await page.getByRole('heading', { name: dictionary.ui.journal, level: 1 }).waitFor()
  await page.getByText(head.hash.slice(0, 10)).waitFor()
  await page.getByRole('button', { name: new RegExp(`^${chain.copyHash('')}`) }).click()
  await page.getByText(chain.copied).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(head.hash)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: chain.download }).click(),
  ])
  expect(download.suggestedFilename()).toBe('heads.json')
  const [heads, journal] = [join(world.dataDir, 'heads.json'), join(world.dataDir, 'journal.jsonl')]
  await download.saveAs(heads)
  const exported = await samsyn(['journal', 'export', '--collaboration', torsby.seat.slug, '--party', 'Torsby'], settings)
  await writeFile(journal, exported.out)
  const { stdout } = await promisify(execFile)(process.execPath, [verifier, journal, heads])
  expect(stdout).toContain(`${head.seq} entries and 1 heads hold;`)
  expect(await samsyn(['journal', 'verify', '--against', heads], settings)).toMatchObject({ code: 0, error: '' })

  // The fingerprint is the same wherever it is read.
  const fingerprint = /fingerprint (.+)\n/.exec(stdout)?.[1] ?? ''
  expect((await samsyn(['journal', 'key'], settings)).out).toContain(fingerprint)
  await page.getByText(fingerprint, { exact: true }).waitFor()

  // What was taken home is what shows that the end was cut off.
  const lines = (await readFile(journal, 'utf8')).trimEnd().split('\n')
  await writeFile(journal, lines.slice(0, -1).join('\n'))
  await expect(promisify(execFile)(process.execPath, [verifier, journal, heads])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`says that there were ${head.seq} entries`),
  })
})

test('before the first there is none, and the page says when it comes; what is signed later is there for who comes again', async () => {
  const [signed] = await world.sql<{ rows: object }>('select json_agg(head) as rows from signed_head head')
  await world.reopen('delete from signed_head')
  await page.goto(`/c/${torsby.slug}/journal`)
  await page.getByText(chain.none).waitFor()
  expect(await page.getByRole('button', { name: chain.download }).count()).toBe(0)
  await page.getByRole('link', { name: dictionary.ui.nav.members }).click()
  await page.getByRole('heading', { name: members.heading, level: 1 }).waitFor()
  await world.sql('insert into signed_head select * from json_populate_recordset(null::signed_head, $1)', [
    JSON.stringify(signed?.rows),
  ])
  await page.getByRole('link', { name: dictionary.ui.journal }).click()
  await page.getByText(((await headsOf())[0]?.hash ?? '').slice(0, 10)).waitFor()
})

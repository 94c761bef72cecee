import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { chain } from '../../client/src/lib/language/sv/chain.ts'
import { samsyn } from '../../server/src/operator/run.testing.ts'
import { caughtUp as inboxesAreRead } from '../notifications/expected.ts'
import { caughtUp, hookOf, NETWORKS, uuid } from '../webhooks/hooks.ts'
import { globalId, mint, uuidOf } from '../world/actor.ts'
import { act, does, jointTask } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { Consumer } from '../world/consumer.ts'
import { eventually } from '../world/eventually.ts'
import { CHANGES, type Resync } from '../world/following.ts'
import { signDays } from '../world/heads.ts'
import { openWorld } from '../world/world.ts'
import { expectChains } from './chain.ts'

// The journal is archived in the middle of a day's work. Who follows is told everything, who comes from before begins anew, and nobody who
// has yet to read something finds it gone.

const folder = mkdtempSync(join(tmpdir(), 'samsyn-archived-'))
const world = await openWorld({ env: NETWORKS })
const browser = await openBrowser()
const consumer = await Consumer.open()
afterAll(async () => {
  await browser.close()
  await world.close()
  await consumer.down()
  rmSync(folder, { recursive: true, force: true })
})
await signDays(world)
const [torsby, sunne, police] = [await world.as('Torsby'), await world.as('Sunne'), await world.as('Polisen')]
const party = (await world.sql<{ id: string }>(`select id from party where name = 'Torsby'`))[0]?.id ?? ''

const journal = (...words: string[]) => samsyn(['journal', ...words], { DATABASE_URL: world.ownerUrl, DATA_DIR: world.dataDir })
const archive = (...words: string[]) => journal('archive', '--collaboration', 'sutohamu', '--to', folder, ...words)
const begins = async (stream = party): Promise<number> =>
  (
    await world.sql<{ last: number }>('select coalesce(max(last), 0)::int as last from journal_archive where stream_id = $1', [
      stream,
    ])
  )[0]?.last ?? 0
/** A cursor of Torsby's at that place. */
const placeAt = async (seq: number): Promise<string> => {
  const here = Buffer.from(await torsby.cursor(), 'base64url').toString()
  return Buffer.from(here.replace(/\d+$/, String(seq))).toString('base64url')
}

expect(await journal('keep', '--collaboration', 'sutohamu', '--months', '3')).toMatchObject({ code: 0 })
const planned = Number(/Torsby: entries 1-(\d+)/.exec((await archive()).out)?.[1])

/** A joint task that changed more than once before what is to be archived ends. */
const [old = { id: '', title: '', version: 0 }] = await world.sql<{ id: string; title: string; version: number }>(
  `select task.id, task.title, task.version from task
   where task.audience = 'JOINT' and task.archived_at is null and task.version > 2
     and not exists (select from journal_entry entry join stream_entry place on place.entry_id = entry.id and place.stream_id = $1
       where entry.subject_id = task.id and place.seq > $2 and entry.subject_version <= 2)
   order by task.id limit 1`,
  [party, planned],
)

/** Something that Torsby's coordinator was told of, as if it had been of the very first entry. */
const [told = { id: '', reason: '' }] = await world.sql<{ id: string; reason: string }>(
  `update notification set entry_id = (select entry_id from stream_entry where stream_id = $2 and seq = 1)
   where id = (select id from notification where member_id = $1 and entry_id is not null and done_at is null order by id limit 1)
   returning id, reason`,
  [torsby.seat.memberId, party],
)

const hook = await hookOf(torsby, consumer)

test('what a webhook has yet to send stays until it has, and only in its own party’s stream', async () => {
  await caughtUp(world, hook)
  await does(torsby, 'pauseWebhook', { id: hook.id })
  await world.sql('update webhook set seq = $2 where id = $1', [uuid(hook.id), planned - 2])
  const said = await archive('--yes')
  expect(said).toMatchObject({ code: 0, error: '' })
  expect(said.out).toContain(
    `Torsby: what comes after entry ${planned - 2} stays for now: the webhook "Diariet" has yet to read it\n`,
  )
  expect(said.out).not.toContain('Sunne: what comes after')
  const last = await begins()
  expect(last).toBeLessThanOrEqual(planned - 2)
  // What the other parties have let go of is here while Torsby has it.
  await expectChains(world)

  await does(torsby, 'resumeWebhook', { id: hook.id })
  await caughtUp(world, hook, 60_000)
  const sent = consumer.taken.filter(({ type }) => type !== 'journal.resync')
  expect(sent).toHaveLength(consumer.taken.length)
  expect(consumer.disbelieved).toEqual([])
}, 120_000)

test('in the middle of traffic: who follows is told everything once and in order, an open page goes on, the chain holds', async () => {
  const page = await browser.as(torsby)
  await page.goto(`/c/${torsby.slug}/tasks/${old.id}`)
  await page.locator('[data-connection=live]').waitFor()
  const feed = await torsby.followFromNow()
  onTestFinished(() => feed.stop())
  const day = { over: false }
  const made: string[] = []
  const work = async (who: typeof sunne) => {
    while (!day.over) made.push((await jointTask(who)).id)
  }
  const works = [work(sunne), work(police)]
  await eventually('they work', () => made.length > 4)
  expect(await archive('--yes')).toMatchObject({ code: 0, error: '' })
  const sofar = made.length
  await eventually('they work on', () => made.length > sofar + 4)
  day.over = true
  await Promise.all(works)
  expect(await begins()).toBe(planned)

  for (const id of made) await feed.until(({ kind, subjectId }) => kind === 'task.shared' && subjectId === id)
  expect(feed.resync).toBeUndefined()
  await does(sunne, 'editTask', {
    id: globalId('Task', old.id),
    baseVersion: old.version,
    title: 'Bytte namn efter arkiveringen',
  })
  await page.getByRole('heading', { name: 'Bytte namn efter arkiveringen' }).waitFor()
  await eventually('the inboxes are read', () => inboxesAreRead(world))
  await expectChains(world)
  expect(await journal('verify', '--archive', folder)).toMatchObject({ code: 0, error: '' })
}, 120_000)

test('who comes back from before begins anew, and goes on from there; from where it begins, everything is told', async () => {
  const last = await begins()
  const document = `query ($after: Cursor!) { changes(after: $after) { ${CHANGES} } }`
  const { changes } = await torsby.query<{ changes: Resync }>(document, { after: await placeAt(last - 1) })
  expect(changes).toMatchObject({ __typename: 'Resync', reason: 'TOO_OLD' })
  const feed = torsby.follow({ after: await placeAt(last - 1) })
  onTestFinished(() => feed.stop())
  expect(await feed.untilResync()).toEqual(changes)
  const goesOn = torsby.follow({ after: changes.cursor })
  onTestFinished(() => goesOn.stop())
  const { id } = await jointTask(torsby)
  expect((await goesOn.until('task.created')).subjectId).toBe(id)

  const all = torsby.follow({ after: await placeAt(last) })
  onTestFinished(() => all.stop())
  const [first] = await all.count(20)
  expect(Buffer.from(first?.cursor ?? '', 'base64url').toString()).toMatch(new RegExp(`\\.${last + 1}$`))
})

test('a webhook that sends everything again begins where the journal does', async () => {
  const before = consumer.taken.length
  await does(torsby, 'replayWebhook', { id: hook.id })
  await caughtUp(world, hook, 60_000)
  const sent = consumer.taken.slice(before)
  expect(sent.length).toBeGreaterThan(20)
  expect(sent.map(({ type }) => type)).not.toContain('journal.resync')
}, 120_000)

test('the journal’s page says for how long it is kept and what has been archived, and a task’s that its history was', async () => {
  const page = await browser.as(torsby)
  await page.goto(`/c/${torsby.slug}/journal`)
  await page.getByText(chain.keptFor(3)).waitFor()
  await page.getByText(/^Till och med post .+ är journalen arkiverad/).waitFor()
  await page.goto(`/c/${torsby.slug}/tasks/${old.id}`)
  await page.getByText(/^Tidigare historik, till och med .+, är arkiverad\.$/).waitFor()
  const { id } = await jointTask(torsby, { title: 'Efter arkivet' })
  await page.goto(`/c/${torsby.slug}/tasks/${uuidOf(id)}`)
  await page.getByRole('heading', { name: 'Efter arkivet' }).waitFor()
  expect(await page.getByText(/^Tidigare historik/).count()).toBe(0)
})

test('whoever has not seen what was archived overwrites nobody unseen', async () => {
  const id = globalId('Task', old.id)
  const outcome = await act(torsby, 'editTask', { id, baseVersion: 1, title: 'Från en dator som legat i en låda' })
  expect(outcome).toMatchObject({
    __typename: 'Conflict',
    conflicts: [{ field: 'title', current: ['Bytte namn efter arkiveringen'] }],
  })
  const { currentVersion } = outcome as unknown as { currentVersion: number }
  expect(await act(torsby, 'editTask', { id, baseVersion: currentVersion, title: old.title })).toMatchObject({
    __typename: 'TaskChanged',
  })
})

test('who does a task is told of what is said of it, also when the entry that gave it to them is archived', async () => {
  const [given = { task: '', doer: '' }] = await world.sql<{ task: string; doer: string }>(
    `select task.id as task, member.id as doer from archived_thread
     join task on task.id = thread_id and task.audience = 'JOINT' and task.archived_at is null
     join member on member.id = any (archived_thread.assignees) and member.party_id = stream_id and member.removed_at is null
     where not exists (select from journal_entry entry join stream_entry place on place.entry_id = entry.id and place.stream_id = member.party_id
       where entry.subject_id = task.id and entry.changes ? 'assignees') and member.party_id <> $1
     order by task.id, member.id limit 1`,
    [uuidOf((await police.query<{ viewer: { party: { id: string } } }>('{ viewer { party { id } } }')).viewer.party.id)],
  )
  // It does the task, and has said nothing of it.
  await world.sql('delete from thread_follower where thread_id = $1 and member_id = $2', [given.task, given.doer])
  const task = globalId('Task', given.task)
  const { subject } = await does(police, 'writeComment', { id: mint(), task, audience: 'AS_PARENT', text: 'Hur går det?' })
  await eventually('the inboxes are read', () => inboxesAreRead(world))
  expect(
    await world.sql('select reason from notification where member_id = $1 and subject_id = $2', [given.doer, uuidOf(subject.id)]),
  ).toEqual([{ reason: 'COMMENT' }])
})

test('what one was told of stays in the inbox when its entry is archived', async () => {
  const { node } = await torsby.query<{ node: unknown }>(
    'query ($id: ID!) { node(id: $id) { ... on Notification { reason entry { id } subject { id } } } }',
    { id: globalId('Notification', told.id) },
  )
  expect(node).toEqual({ reason: told.reason, entry: null, subject: { id: expect.any(String) } })
  const page = await browser.as(torsby)
  await page.goto(`/c/${torsby.slug}/inbox`)
  await page.locator('main li').first().waitFor()
})

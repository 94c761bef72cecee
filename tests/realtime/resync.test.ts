import { afterAll, expect, onTestFinished, test } from 'vitest'
import { uuidOf, type Actor } from '../world/actor.ts'
import { jointTask, newTask } from '../world/acts.ts'
import { CHANGES, type Resync } from '../world/following.ts'
import { openWorld } from '../world/world.ts'
import { partiesOf } from './newcomers.ts'

// A cursor that can't be followed is answered with the demand to begin anew, and with the place to begin from; never with a
// guess, and never with silence.

const world = await openWorld()
afterAll(world.close)

const torsby = await world.as('Torsby')
const party = uuidOf((await partiesOf(torsby))('Torsby'))

/** What both doors answer: those who follow are told the same as those who ask now and then. */
const answers = async (actor: Actor, after: string): Promise<Resync> => {
  const document = `query ($after: Cursor!) { changes(after: $after) { ${CHANGES} } }`
  const { changes } = await actor.query<{ changes: Resync }>(document, { after })
  const feed = actor.follow({ after })
  onTestFinished(() => feed.stop())
  const resync = await feed.untilResync()
  expect(feed.changes).toEqual([])
  expect(await feed.over).toBeUndefined()
  expect(resync).toEqual(changes)
  return resync
}

/** From the place that was told, one goes on as from any other. */
const goesOn = async (actor: Actor, { cursor }: Resync) => {
  const feed = actor.follow({ after: cursor })
  onTestFinished(() => feed.stop())
  const { id } = await newTask(actor)
  expect((await feed.until('task.created')).subjectId).toBe(id)
}

test("what is no cursor, or another party's, or of what has not happened yet", async () => {
  const sunne = await world.as('Sunne')
  const here = Buffer.from(await torsby.cursor(), 'base64url').toString()
  const beyond = Buffer.from(here.replace(/\d+$/, (seq) => String(Number(seq) + 1))).toString('base64url')
  const strange = ['', 'x', '\u0000', 'a'.repeat(200), Buffer.from(`${here}0000000000000000000`).toString('base64url'), beyond]
  for (const after of [...strange, await sunne.cursor()]) {
    const resync = await answers(torsby, after)
    expect(resync).toMatchObject({ reason: 'UNKNOWN', cursor: await torsby.cursor() })
  }
  await goesOn(torsby, await answers(torsby, await sunne.cursor()))
})

test('what came after the cursor is not kept any more', async () => {
  const old = await torsby.cursor()
  await newTask(torsby, { title: 'Glömt' })
  const kept = await torsby.cursor()
  await newTask(torsby, { title: 'Bevarat' })
  const seq = /\d+$/.exec(Buffer.from(kept, 'base64url').toString())?.[0]
  await world.reopen('delete from stream_entry where stream_id = $1 and seq <= $2', [party, seq])
  const resync = await answers(torsby, old)
  expect(resync.reason).toBe('TOO_OLD')
  await goesOn(torsby, resync)
  // Up to what is kept, all is told.
  const [, second] = await torsby.follow({ after: kept }).count(2)
  expect(second?.kind).toBe('task.created')

  await world.reopen('delete from stream_entry where stream_id = $1', [party])
  expect((await answers(torsby, kept)).reason).toBe('TOO_OLD')
})

test('a restored database begins another epoch: those who follow are told at once, those who come back when they do', async () => {
  const police = await world.as('Polisen')
  const [feed, gone] = [await police.followFromNow(), await police.followFromNow()]
  await jointTask(torsby)
  await feed.until('task.shared')
  await gone.until('task.shared')
  gone.cut()
  await world.sql('update stream_head set epoch = epoch + 1')
  expect(await feed.untilResync()).toMatchObject({ reason: 'WRONG_EPOCH', cursor: await police.cursor() })
  expect(await feed.over).toBeUndefined()
  expect(feed.kinds).toEqual(['task.shared'])
  const resync = await answers(police, gone.cursor ?? '')
  expect(resync.reason).toBe('WRONG_EPOCH')
  await goesOn(police, resync)
})

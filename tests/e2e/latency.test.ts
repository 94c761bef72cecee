import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { dictionary } from '../../client/src/lib/language/sv/dictionary.ts'
import { globalId, uuidOf } from '../world/actor.ts'
import { documentOf, jointTask, type Input, type Verb } from '../world/acts.ts'
import { openBrowser } from '../world/browser.ts'
import { inTime } from '../world/eventually.ts'
import { openWorld } from '../world/world.ts'
import { arrivalOf, noteArrivals, notePaints, painted } from './paint.ts'

// Two browsers, Torsby's and the Police's: what is created, edited, moved and said in one is painted in the other, without
// loading anything anew. Figures are printed, from commit to paint, beside a bare WebSocket message of the same moments: how
// fast depends on the machine and on what else runs on it, so only that everything comes is asserted.

const ACTS = process.env['PROVE'] ? 200 : 12
const STATES = ['ONGOING', 'DELIVERED', 'APPROVED', 'GIVEN'] as const
/** What the other is told of each, in turn. */
const KINDS = ['task.shared', 'task.edited', 'task.moved', 'comment.written']
const { tasks, comments } = dictionary

const world = await openWorld()
const browser = await openBrowser()
const raw = new WebSocketServer({ port: 0 })
afterAll(async () => {
  raw.close()
  await browser.close()
  await world.close()
})

const torsby = await world.as('Torsby')
const polisen = await world.as('Polisen', 'CONTRIBUTOR')
const talk = await jointTask(torsby, { title: 'Gemensam lägesbild' })
const board = `/c/${torsby.slug}/tasks?task=${uuidOf(talk.id)}`
const viewport = { width: 1600, height: 1200 }

const spread = (milliseconds: readonly number[]): string => {
  const sorted = milliseconds.toSorted((a, b) => a - b)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
  return `median ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms (${sorted.length})`
}

/** A message that nothing but `ws` touches, from this process to the page. */
const openRaw = async (page: Page) => {
  const [socket] = await Promise.all([
    inTime('the page opens a bare socket', new Promise<import('ws').WebSocket>((open) => raw.once('connection', open))),
    page.evaluate(
      (port) => {
        new WebSocket(`ws://localhost:${port}`).addEventListener('message', ({ data }) =>
          window.watcher.raw.push(Date.now() - Number(data)),
        )
      },
      (raw.address() as AddressInfo).port,
    ),
  ])
  return () => socket.send(String(Date.now()))
}

/** Asks the hub from the page, for what would need a dialog. */
const send = async (page: Page, verb: Verb, input: Input) => {
  const answer = await page.evaluate(
    ([query, slug, wish]) =>
      fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'samsyn-collaboration': slug },
        body: JSON.stringify({ query, variables: { input: wish } }),
      }).then((response) => response.text()),
    [documentOf(verb), torsby.slug ?? '', input] as const,
  )
  expect(answer).toContain('TaskChanged')
}

/** The acts as somebody does them by hand; each gives the fact that the other must see. */
const hands = (page: Page): ((index: number) => Promise<string>)[] => {
  const beside = page.getByRole('complementary', { name: tasks.beside })
  let last: string | undefined
  return [
    async (index) => {
      // So that the column never grows beyond what a page of it shows.
      if (last) await send(page, 'archiveTask', { id: last })
      const title = `Ny gemensam punkt ${index}`
      await page.getByRole('button', { name: tasks.new, exact: true }).click()
      await page.getByPlaceholder(tasks.quickAddPlaceholder).fill(title)
      // Its card is there before the hub has it; nobody can share it before.
      const kept = page.waitForResponse((response) => response.request().postData()?.includes('"CreateTask"') ?? false)
      await page.keyboard.press('Enter')
      await kept
      await page.keyboard.press('Escape')
      // A draft is Torsby's alone: what the Police see is that it is shared.
      const created = page.waitForFunction(
        (words) =>
          [...document.querySelectorAll('li.place')].find(({ textContent }) => textContent.includes(words))?.querySelector('a')
            ?.href,
        title,
      )
      last = globalId('Task', new URL((await (await created).jsonValue()) ?? '').pathname.split('/').at(-1) ?? '')
      await send(page, 'shareTask', { id: last, audience: 'JOINT' })
      return `title ${title}`
    },
    async (index) => {
      const title = `Gemensam lägesbild, version ${index}`
      await beside.getByTitle(tasks.editTitle).click()
      await beside.getByLabel(tasks.title, { exact: true }).fill(title)
      await page.keyboard.press('Enter')
      return `title ${title}`
    },
    async (index) => {
      const state = STATES[Math.floor(index / 4) % STATES.length] ?? 'GIVEN'
      await beside.getByLabel(tasks.state, { exact: true }).selectOption(state)
      return `column ${state}`
    },
    async (index) => {
      const text = `Synpunkt nummer ${index}`
      await beside.getByLabel(comments.label).fill(text)
      await page.keyboard.press('Control+Enter')
      return `comment ${text}`
    },
  ]
}

test(
  `${ACTS} creations, edits, moves and comments by one are painted at the other`,
  async () => {
    const here = await browser.as(torsby, { viewport })
    // Only so that the page may open the bare socket too.
    const there = await browser.as(polisen, { viewport, bypassCSP: true })
    await noteArrivals(there)
    for (const page of [here, there]) {
      await page.goto(board)
      await page.locator('[data-connection=live]').waitFor()
    }
    const documents: string[] = []
    there.on('request', (request) => request.resourceType() === 'document' && documents.push(request.url()))
    await notePaints(there, talk.id)
    const sendRaw = await openRaw(there)
    const after = await polisen.cursor()

    const acts = hands(here)
    const paints: number[] = []
    const times = new Map<string, number>()
    for (let index = 0; index < ACTS; index++) {
      const fact = await acts[index % acts.length]?.(index)
      if (!fact) continue
      times.set(fact, (times.get(fact) ?? 0) + 1)
      paints.push(await painted(there, fact, times.get(fact)))
      sendRaw()
    }

    const feed = polisen.follow({ after, filter: { kinds: KINDS } })
    const told = await feed.count(ACTS)
    await feed.stop()
    expect(told.map(({ kind }) => kind)).toEqual(paints.map((_, index) => KINDS[index % KINDS.length]))
    const arrivals = await Promise.all(told.map(({ id }) => arrivalOf(there, id)))
    const commits = told.map(({ at }) => Date.parse(at))
    const since = (later: readonly (number | undefined)[]) => later.map((at, index) => (at ?? Number.NaN) - (commits[index] ?? 0))
    console.log(
      [
        `commit to paint     ${spread(since(paints))}`,
        `commit to arrival   ${spread(since(arrivals))}`,
        `bare ws message     ${spread(await there.evaluate(() => window.watcher.raw))}`,
      ].join('\n'),
    )
    expect(documents).toEqual([])
  },
  60_000 + ACTS * 1_500,
)

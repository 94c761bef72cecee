import { afterAll, describe, expect, test } from 'vitest'
import type { Actor } from '../world/actor.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { mint } from '../world/actor.ts'
import { clauseOf, signatoriesOf } from '../world/agreements.ts'
import { openWorld } from '../world/world.ts'
import { QUERIES } from './queries.ts'

// Search as people of the pilot use it: what they type, in which form they type it, and what nobody else is told of.

const world = await openWorld()
afterAll(world.close)
const torsby = await world.as('Torsby')
const sunne = await world.as('Sunne')

const SEARCH = `query($text: String!, $types: [SearchType!], $first: Int, $after: String) {
  search(text: $text, types: $types, first: $first, after: $after) {
    nodes { subject { __typename id } title { text hit } excerpt { text hit } }
    counts { type count }
    pageInfo { hasNextPage endCursor }
  }
}`

interface Piece {
  readonly text: string
  readonly hit: boolean
}
interface Found {
  readonly nodes: readonly {
    readonly subject: { readonly __typename: string; readonly id: string }
    readonly title: readonly Piece[]
    readonly excerpt: readonly Piece[]
  }[]
  readonly counts: readonly { readonly type: string; readonly count: number }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

const search = async (actor: Actor, text: string, more: Record<string, unknown> = {}): Promise<Found> =>
  (await actor.query<{ search: Found }>(SEARCH, { text, ...more })).search

const whole = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('')
const marked = (pieces: readonly Piece[]): string[] => pieces.filter(({ hit }) => hit).map(({ text }) => text)
const counted = ({ counts }: Found): number => counts.reduce((sum, { count }) => sum + count, 0)

test('what people type finds what they mean: mean reciprocal rank', async () => {
  const ranks: { asked: string; rank: number; first: string }[] = []
  for (const party of ['Torsby', 'Sunne', 'Hagfors'] as const) {
    const actor = await world.as(party)
    for (const [asked, ...relevant] of QUERIES[party]) {
      const titles = (await search(actor, asked)).nodes.map(({ title }) => whole(title))
      ranks.push({ asked, rank: titles.findIndex((title) => relevant.includes(title)) + 1, first: titles[0] ?? '–' })
    }
  }
  const mean = ranks.reduce((sum, { rank }) => sum + (rank > 0 ? 1 / rank : 0), 0) / ranks.length
  for (const { asked, rank, first } of ranks) if (rank !== 1) console.log(`${asked}: ${rank || 'not found'}; first is ${first}`)
  console.log(`${ranks.length} judged queries, MRR ${mean.toFixed(3)}`)
  expect(mean).toBeGreaterThanOrEqual(0.8)
})

describe('what is foreign', () => {
  test('a draft and a note are found by those who wrote them, and by nobody else: no hit, no count', async () => {
    const secret = await newTask(sunne, { title: 'Internt: vaktmästarbyte på Klöverskolan' })
    const joint = await jointTask(sunne, { title: 'Gemensam rutin för nycklar' })
    await does(sunne, 'writeComment', {
      id: mint(),
      task: joint.id,
      audience: 'OWN',
      text: 'Klöverskolan har tappat huvudnyckeln.',
    })

    const own = await search(sunne, 'klöverskolan')
    expect(own.nodes.map(({ subject }) => subject.__typename).toSorted()).toEqual(['Comment', 'Task'])
    expect(own.nodes[0]?.subject.id).toBe(secret.id)
    expect(counted(own)).toBe(2)
    for (const party of ['Torsby', 'Hagfors', 'Munkfors', 'Polisen', 'Region Värmland'] as const) {
      const other = await world.as(party)
      // Nor by a part of it, nor by a slip: what only others have read is no word to them.
      for (const asked of ['klöverskolan', 'kloverskolan', 'klöver', 'klöverskloan', 'huvudnyckel']) {
        const found = await search(other, asked)
        expect(found.nodes.filter(({ subject }) => subject.id === secret.id)).toEqual([])
        expect(JSON.stringify(found).toLowerCase()).not.toContain('klöver')
        if (asked.startsWith('klöver')) expect(counted(found), `${asked} by ${party}`).toBe(0)
      }
    }
  })

  test('what is shared is found from then on; what was said before is not', async () => {
    const task = await newTask(sunne, { title: 'Snöröjning kring Åkerbysjön' })
    await does(sunne, 'writeComment', {
      id: mint(),
      task: task.id,
      audience: 'AS_PARENT',
      text: 'Entreprenören Björnstigen är sen.',
    })
    expect(counted(await search(torsby, 'åkerbysjön'))).toBe(0)
    await does(sunne, 'shareTask', { id: task.id, audience: 'JOINT' })
    expect((await search(torsby, 'akerbysjon')).nodes[0]?.subject.id).toBe(task.id)
    expect(counted(await search(torsby, 'björnstigen'))).toBe(0)
  })
})

test('a text that was changed is found by what it now says, a withdrawn one by nothing', async () => {
  const task = await newTask(torsby, { title: 'Belysning vid Tallmovägen' })
  const said = await does(torsby, 'writeComment', {
    id: mint(),
    task: task.id,
    audience: 'OWN',
    text: 'Lyktstolparna levereras i maj.',
  })
  expect(counted(await search(torsby, 'lyktstolpe'))).toBe(1)
  await does(torsby, 'withdrawComment', { id: said.subject.id })
  expect(counted(await search(torsby, 'lyktstolpe'))).toBe(0)
  await does(torsby, 'editTask', { id: task.id, baseVersion: 1, title: 'Belysning vid Granmovägen' })
  expect(counted(await search(torsby, 'tallmovägen'))).toBe(0)
  expect((await search(torsby, 'granmovägen')).nodes[0]?.subject.id).toBe(task.id)
})

test('what is said of a clause goes by its heading', async () => {
  const clause = await clauseOf(torsby, '2')
  await does(torsby, 'writeComment', { id: mint(), clause, audience: 'OWN', text: 'Ordförandeskapet roterar.' })
  const { nodes } = await search(torsby, 'ordförandeskap')
  expect(nodes.map(({ subject, title }) => [subject.__typename, whole(title)])).toEqual([['Comment', 'Parter']])
})

test('a draft is found by its own party, by all once it is put to them, and the clause by what was agreed', async () => {
  const heading = 'Trygghetsvärdar'
  const changes = [
    { kind: 'ADD', clause: mint(), heading, text: 'Parterna utbildar fältassistenter tillsammans.' },
    { kind: 'REMOVE', clause: await clauseOf(sunne, '1.1') },
  ]
  const gone = await search(torsby, 'synliggöra konkretisera')
  expect(gone.nodes[0]?.subject.__typename).toBe('Clause')
  const { id } = (
    await does(sunne, 'draftProposal', { id: mint(), title: 'Värdar på torget', reason: 'Efter Kvarnbyprojektet.', changes })
  ).subject
  expect((await search(sunne, 'kvarnbyprojekt')).nodes.map(({ subject }) => subject.id)).toEqual([id])
  expect(counted(await search(torsby, 'kvarnbyprojekt'))).toBe(0)
  await does(sunne, 'openProposal', { id })
  expect((await search(torsby, 'kvarnbyprojekt')).nodes.map(({ subject }) => subject.id)).toEqual([id])

  expect(counted(await search(torsby, 'fältassistent'))).toBe(0)
  for (const signatory of await signatoriesOf(world)) await does(signatory, 'answerProposal', { id, position: 'YES' })
  const found = await search(torsby, 'faltassistenterna')
  expect(found.nodes.map(({ title }) => whole(title))).toEqual([heading])
  expect(marked(found.nodes[0]?.excerpt ?? [])).toEqual(['fältassistenter'])
  expect(found.counts.find(({ type }) => type === 'CLAUSE')).toEqual({ type: 'CLAUSE', count: 1 })
  const ids = (await search(torsby, 'synliggöra konkretisera')).nodes.map(({ subject }) => subject.id)
  expect(ids).not.toContain(gone.nodes[0]?.subject.id)
})

test('open before archived, title before text, by type, page by page, marked where it stands', async () => {
  const put = await newTask(torsby, { title: 'Cykelbanor: äldre förslag' })
  await does(torsby, 'archiveTask', { id: put.id })
  const open = await newTask(torsby, { title: 'Cykelbana längs älven' })
  const text = await newTask(torsby, {
    title: 'Sommarens arbeten',
    description: '## Vägar\n\nVi bygger en **cykelbana** <b>snart</b>.',
  })
  await does(torsby, 'writeComment', { id: mint(), task: text.id, audience: 'OWN', text: 'Cykelbanan får vänta.' })

  const found = await search(torsby, 'cykelbanan')
  const [first, second] = found.nodes
  expect(first?.subject.id).toBe(open.id)
  expect(marked(first?.title ?? [])).toEqual(['Cykelbana'])
  expect([put.id, text.id]).toContain(second?.subject.id)
  const body = found.nodes.find(({ subject }) => subject.id === text.id)
  expect(whole(body?.excerpt ?? [])).toBe('Vägar Vi bygger en cykelbana <b>snart</b>.')
  expect(marked(body?.excerpt ?? [])).toEqual(['cykelbana'])
  expect(found.counts).toEqual([
    { type: 'TASK', count: 3 },
    { type: 'COMMENT', count: 1 },
    { type: 'CLAUSE', count: 0 },
    { type: 'PROPOSAL', count: 0 },
  ])

  const comments = await search(torsby, 'cykelbanan', { types: ['COMMENT'] })
  expect(comments.nodes.map(({ subject }) => subject.__typename)).toEqual(['Comment'])
  expect(comments.counts).toEqual(found.counts)

  const paged: string[] = []
  for (let after: string | null = null, more = true; more;) {
    const page: Found = await search(torsby, 'cykelbanan', { first: 1, after })
    paged.push(...page.nodes.map(({ subject }) => subject.id))
    after = page.pageInfo.endCursor
    more = page.pageInfo.hasNextPage
  }
  expect(paged).toEqual(found.nodes.map(({ subject }) => subject.id))
})

describe('bounds', () => {
  const doors = {
    HTTP: (variables: Record<string, unknown>) => torsby.ask<{ search: Found }>(SEARCH, variables),
    WebSocket: (variables: Record<string, unknown>) => torsby.askLive<{ search: Found }>(SEARCH, variables),
  }

  test.each([
    ['201 characters', { text: 'å'.repeat(201) }],
    ['NUL', { text: 'a\u0000b' }],
    ['half a character', { text: 'a\ud800b' }],
    ['a cursor of something else', { text: 'policy', after: 'eA==' }],
    ['a page of less than nothing', { text: 'policy', first: -1 }],
  ])('%s is refused as bad input', async (_what, variables) => {
    for (const ask of Object.values(doors)) {
      const { data, errors } = await ask(variables)
      expect(data?.search).toBeUndefined()
      expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT')
    }
  })

  test.each([
    ['nothing', ''],
    ['only signs', ` & | ! ( ) : * ' " \\ <-> `],
    ['one letter that means nothing', '🚒'],
  ])('%s finds nothing', async (_what, text) => {
    for (const ask of Object.values(doors)) expect((await ask({ text })).data?.search.nodes).toEqual([])
  })

  test('what looks like a query of the database is words like others', async () => {
    for (const text of [`policy' | 'x`, `policy:* & !skola`, `policy\\`, `'; drop table task; --policy`, 'policy%_']) {
      for (const ask of Object.values(doors)) {
        const { data, errors } = await ask({ text })
        expect(errors, text).toBeUndefined()
        expect(data?.search.nodes.length, text).toBeGreaterThan(0)
      }
    }
  })

  test('two hundred characters of common words are answered', async () => {
    expect((await search(torsby, 'skola policy plan polis kommun '.repeat(7).slice(0, 200))).nodes.length).toBeGreaterThan(0)
  })

  test('without a seat nobody searches', async () => {
    const { errors } = await world.visitor().ask(SEARCH, { text: 'policy' })
    expect(errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED')
  })
})

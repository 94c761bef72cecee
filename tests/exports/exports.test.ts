import { afterAll, describe, expect, test } from 'vitest'
import { dictionary as swedishPages } from '../../client/src/lib/language/sv/dictionary.ts'
import { dictionary as englishPages } from '../../client/src/lib/language/en/dictionary.ts'
import { agreement as englishAgreement } from '../../client/src/lib/language/en/agreement.ts'
import { members as englishMembers } from '../../client/src/lib/language/en/members.ts'
import { agreement as swedishAgreement } from '../../client/src/lib/language/sv/agreement.ts'
import { members as swedishMembers } from '../../client/src/lib/language/sv/members.ts'
import { english } from '../../server/src/language/en.ts'
import { swedish } from '../../server/src/language/sv.ts'
import { mint, type Actor } from '../world/actor.ts'
import { does, jointTask, newTask } from '../world/acts.ts'
import { clauseOf } from '../world/agreements.ts'
import { programOf } from '../world/program.ts'
import { openWorld } from '../world/world.ts'
import { asPerson, asProgram, meant, rowsOf } from './table.ts'

// Lists as tables: the same rows that a query gives, in its order, whatever stands in them, and nobody else's.

const LIMIT = 130
const world = await openWorld({ env: { EXPORT_LIMIT: String(LIMIT) } })
afterAll(world.close)
const [torsby, sunne] = [await world.as('Torsby'), await world.as('Sunne')]
const program = await programOf(world.server, torsby)
const slug = torsby.slug ?? ''

const RUNS = ['=1+1', '+46 570 123 45', '-2 grader', '@SUM(A1:A9)', '＝HYPERLINK("x")', "=cmd|' /C calc'!A0"]
const WORDS = ['Åtgärd: "citat"', 'Ölet; semikolon', "'apostrof", 'komma, och ännu ett', 'tvåsidig “gatubelysning” 🚸']
const TEXTS = [
  'rad ett\nrad två\n\n=3+4',
  '\t=tabb först',
  '=HYPERLINK("http://elsewhere.example";"Klicka")',
  '"',
  ';;;',
  '- punkt\n- punkt',
]

for (const [index, title] of [...RUNS, ...WORDS].entries())
  await (index % 2 === 0 ? jointTask : newTask)(torsby, {
    title,
    description: TEXTS[index % TEXTS.length],
    ...(index % 3 === 0 && { dueOn: `2027-01-${10 + index}` }),
  })

interface Task {
  readonly title: string
  readonly description: string
  readonly state: keyof typeof swedish.state
  readonly dueOn: string | null
  readonly responsible: readonly { name: string }[]
  readonly commentCount: number
}

interface Page {
  readonly collaboration: { tasks: { nodes: Task[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }
}

/** All that a query gives, page after page. */
const asked = async (actor: Actor, variables: Record<string, unknown>): Promise<Task[]> => {
  const tasks: Task[] = []
  for (let after: string | null = null; ;) {
    const { collaboration }: Page = await actor.query<Page>(
      `query ($filter: TaskFilter, $sort: TaskSort, $after: String) { collaboration { tasks(filter: $filter, sort: $sort, after: $after, first: 20) {
        nodes { title description state dueOn responsible { name } commentCount } pageInfo { hasNextPage endCursor } } } }`,
      { ...variables, after },
    )
    tasks.push(...collaboration.tasks.nodes)
    if (!collaboration.tasks.pageInfo.hasNextPage) return tasks
    after = collaboration.tasks.pageInfo.endCursor
  }
}

const told = (row: Readonly<Record<string, string>>) => ({
  title: meant(row['Titel'] ?? ''),
  description: meant(row['Beskrivning'] ?? ''),
  state: row['Läge'],
  dueOn: row['Klar senast'] || null,
  responsible: row['Ansvarig part'],
  commentCount: Number(row['Kommentarer']),
})
const wanted = ({ state, responsible, ...task }: Task) => ({
  ...task,
  state: swedish.state[state],
  responsible: responsible.map(({ name }) => name).join(', '),
})

const FILTERS: Record<string, unknown>[] = [
  {},
  { sort: 'TITLE' },
  { sort: 'DUE_ON', filter: { states: ['GIVEN', 'ONGOING'] } },
  { sort: 'UPDATED_AT', filter: { audiences: ['OWN'] } },
  { filter: { text: '=' } },
  { filter: { archived: true } },
  { filter: { states: [] } },
]

describe('tasks', () => {
  test.each(FILTERS)('equal what the query gives, by cookie and by key: %j', async (variables) => {
    const response = await asPerson(torsby, 'tasks', { variables })
    const table = await response.text()
    expect(response.status).toBe(200)
    expect(rowsOf(table).map(told)).toEqual((await asked(torsby, variables)).map(wanted))
    expect(await (await asProgram(program, slug, 'tasks', { variables })).text()).toBe(table)
  })

  test('no cell runs, lines end as they should, and a browser keeps it from pages', async () => {
    const response = await asPerson(torsby, 'tasks')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const table = new TextDecoder().decode(bytes)
    expect(table.endsWith('\r\n')).toBe(true)
    const rows = rowsOf(table)
    const cells = rows.flatMap((row) => Object.values(row))
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([])
    for (const title of [...RUNS, ...WORDS]) expect(rows.map((row) => meant(row['Titel'] ?? ''))).toContain(title)
    const headers = [
      'content-type',
      'content-disposition',
      'cache-control',
      'x-content-type-options',
      'cross-origin-resource-policy',
    ]
    expect(headers.map((name) => response.headers.get(name))).toEqual([
      'text/csv; charset=utf-8',
      `attachment; filename="samsyn-uppgifter.csv"; filename*=UTF-8''samsyn-uppgifter.csv`,
      'no-store',
      'nosniff',
      'same-origin',
    ])
  })

  test('in English, with commas, when asked for so', async () => {
    const asked = { variables: { sort: 'TITLE' }, language: 'en', separator: 'comma' }
    const rows = rowsOf(await (await asPerson(torsby, 'tasks', asked)).text(), ',')
    expect(Object.keys(rows[0] ?? {}).slice(0, 3)).toEqual(['Title', 'State', 'Responsible party'])
    expect(rows.map((row) => meant(row['Title'] ?? ''))).toContain('komma, och ännu ett')
  })

  test('of another party nothing, not by any filter', async () => {
    const { id } = await newTask(sunne, { title: 'Sunnes eget', description: 'inget för Torsby' })
    const shared = await newTask(sunne, { title: 'Mellan oss två' })
    const { parties } = (
      await sunne.query<{ collaboration: { parties: { id: string; name: string }[] } }>(
        '{ collaboration { parties { id name } } }',
      )
    ).collaboration
    const hagfors = parties.find(({ name }) => name === 'Hagfors')?.id
    await does(sunne, 'shareTask', { id: shared.id, audience: 'SHARED', with: [hagfors] })
    const all = [
      ...FILTERS,
      { filter: { text: 'oss två' } },
      { filter: { responsible: parties.map((party) => party.id) } },
      { filter: { assignees: [sunne.memberId] } },
    ]
    for (const variables of all) {
      for (const table of [
        await asPerson(torsby, 'tasks', { variables }),
        await asProgram(program, slug, 'tasks', { variables }),
      ])
        expect(await table.text()).not.toMatch(/Sunnes eget|inget för Torsby|Mellan oss två/)
    }
    const own = await (await asPerson(sunne, 'tasks')).text()
    expect(own).toMatch(/Sunnes eget/)
    expect(own).toMatch(/Mellan oss två/)
    for (const list of ['activity', 'answers']) {
      const foreign = await asPerson(torsby, list, { variables: { id } })
      const never = await asPerson(torsby, list, { variables: { id: btoa(`Task:${mint()}`) } })
      expect([foreign.status, await foreign.text()]).toEqual([404, await never.text()])
    }
  })
})

test('members: those who sit, or who ever sat; the address only of one’s own', async () => {
  const rows = rowsOf(await (await asPerson(torsby, 'members')).text())
  const { collaboration } = await torsby.query<{
    collaboration: { members: { nodes: { name: string; email: string | null; party: { name: string } }[] } }
  }>('{ collaboration { members(first: 100) { nodes { name email party { name } } } } }')
  expect(rows.map((row) => [row['Part'], row['Namn'], row['E-post'] || null])).toEqual(
    collaboration.members.nodes.map(({ party, name, email }) => [party.name, name, email]),
  )
  expect(rows.filter((row) => row['Part'] !== 'Torsby' && row['E-post'] !== '')).toEqual([])
  const leaver = await does(torsby, 'inviteMember', {
    id: mint(),
    name: '=Lena',
    title: 'Tillfällig',
    email: 'lena@torsby.example',
    roles: ['OBSERVER'],
  })
  await does(torsby, 'removeMember', { id: leaver.subject.id })
  const names = async (removed: boolean) =>
    rowsOf(await (await asPerson(torsby, 'members', { variables: { removed } })).text()).map((row) => row['Namn'])
  expect(await names(false)).not.toContain("'=Lena")
  expect(await names(true)).toContain("'=Lena")
})

test('the agreement’s clauses, and what the parties answered a proposal', async () => {
  const { collaboration } = await torsby.query<{
    collaboration: { agreement: { clauses: { number: string; heading: string; text: string }[] } }
  }>('{ collaboration { agreement { clauses { number heading text } } } }')
  const rows = rowsOf(await (await asPerson(torsby, 'clauses')).text())
  expect(rows.map((row) => [row['Nummer'], row['Rubrik'], row['Text']].map((cell) => meant(cell ?? '')))).toEqual(
    collaboration.agreement.clauses.map(({ number, heading, text }) => [number, heading, text]),
  )
  expect(rows.length).toBeGreaterThan(5)

  const { id } = (
    await does(torsby, 'draftProposal', {
      id: mint(),
      title: 'Ny rubrik',
      reason: 'Tydligare',
      changes: [{ kind: 'CHANGE', clause: await clauseOf(torsby, '1'), heading: 'En ny rubrik' }],
    })
  ).subject
  await does(torsby, 'openProposal', { id, baseVersion: 1 })
  await does(sunne, 'answerProposal', { id, position: 'NO', reason: '=nej; inte\n"så"' })
  const answers = rowsOf(await (await asPerson(torsby, 'answers', { variables: { id } })).text())
  expect(answers.map((row) => [row['Part'], row['Svar'], meant(row['Skäl'] ?? '')])).toContainEqual([
    'Sunne',
    'Nej',
    '=nej; inte\n"så"',
  ])
  expect(answers.map((row) => row['Svar']).toSorted()).toEqual([
    'Har inte svarat',
    'Har inte svarat',
    'Har inte svarat',
    'Har inte svarat',
    'Nej',
  ])
})

test('what happened to a task: entry for entry as the page tells it, with names for ids', async () => {
  const task = await newTask(torsby, { title: 'Belysning', description: 'Före' })
  const id = task.id
  await does(torsby, 'editTask', { id, baseVersion: 1, title: '=Belysning', dueOn: '2027-02-01' })
  await does(torsby, 'assignTask', { id, baseVersion: 2, assignees: [torsby.memberId] })
  await does(torsby, 'moveTask', { id, state: 'ONGOING', after: null })
  await does(torsby, 'writeComment', { id: mint(), task: id, audience: 'OWN', text: '- först\n- sedan' })
  const rows = rowsOf(await (await asPerson(torsby, 'activity', { variables: { id } })).text())
  expect(rows.map((row) => [row['Vem'], row['Part'], row['Vad'], meant(row['Ändringar'] ?? '')])).toEqual([
    [torsby.seat.name, 'Torsby', 'skrev en kommentar', 'Text: - först\n- sedan'],
    [torsby.seat.name, 'Torsby', 'flyttade uppgiften', expect.stringMatching(/Läge: Given → Pågår/)],
    [torsby.seat.name, 'Torsby', 'ändrade vem som gör uppgiften', `Gör arbetet: ${torsby.seat.name}`],
    [torsby.seat.name, 'Torsby', 'ändrade uppgiften', 'Klar senast: 2027-02-01\nTitel: Belysning → =Belysning'],
    [torsby.seat.name, 'Torsby', 'skapade uppgiften', expect.stringMatching(/Beskrivning: Före/)],
  ])
  for (const row of rows) expect(row['När']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
})

describe('what is refused', () => {
  const answer = async (response: Response) => [response.status, (await response.text()).trim()]

  test('whoever is not signed in, at any collaboration; a key at another', async () => {
    const nobody = await Promise.all(
      [slug, 'elsewhere'].map(async (place) => answer(await world.visitor().fetch(`/c/${place}/export/tasks.csv`))),
    )
    expect(nobody).toEqual([
      [401, swedish.signedOut],
      [401, swedish.signedOut],
    ])
    expect((await asProgram(program, 'elsewhere', 'tasks')).status).toBe(403)
    const other = await fetch(`${world.url}/c/${slug}/export/tasks.csv`, { headers: { authorization: 'Bearer samsyn_x' } })
    expect(other.status).toBe(401)
  })

  test('what is no list, no language, no filter', async () => {
    expect(await answer(await asPerson(torsby, 'secrets'))).toEqual([404, swedish.missing])
    for (const asked of [
      { language: 'xx' },
      { language: 'constructor' },
      { separator: 'pipe' },
      { separator: 'toString' },
      { variables: { filter: { states: ['NOWHERE'] } } },
      { variables: { sort: 7 } },
      { variables: { filtre: {} } },
      { variables: { after: 'x' } },
      { variables: { filter: { mystery: 1 } } },
    ]) {
      expect((await asPerson(torsby, 'tasks', asked)).status, JSON.stringify(asked)).toBe(400)
      const response = await asProgram(program, slug, 'tasks', asked)
      expect(await response.json(), JSON.stringify(asked)).toMatchObject({ code: 'INVALID', message: expect.any(String) })
    }
    for (const query of ['?variables=7', '?variables={', '?filter=x', '?variables=%'])
      expect((await torsby.fetch(`/c/${slug}/export/tasks.csv${query}`)).status, query).toBe(400)
    expect((await torsby.fetch(`/c/${slug}/export/tasks.csv`, { method: 'POST', headers: { origin: world.url } })).status).toBe(
      405,
    )
  })

  test('a list longer than the bound, before anything is sent; one at the bound comes whole, over several pages', async () => {
    const count = async () =>
      (await torsby.query<{ collaboration: { tasks: { totalCount: number } } }>('{ collaboration { tasks { totalCount } } }'))
        .collaboration.tasks.totalCount
    const missing = LIMIT - (await count())
    await Promise.all(Array.from({ length: missing }, (_, index) => newTask(torsby, { title: `Rad ${index}` })))
    const whole = rowsOf(await (await asPerson(torsby, 'tasks', { variables: { sort: 'TITLE' } })).text())
    expect(whole.map(told)).toEqual((await asked(torsby, { sort: 'TITLE' })).map(wanted))
    expect(whole.length).toBe(LIMIT)
    await newTask(torsby, { title: 'En för mycket' })
    expect(await answer(await asPerson(torsby, 'tasks'))).toEqual([413, swedish.tooMany(LIMIT)])
    expect(await (await asProgram(program, slug, 'tasks')).json()).toMatchObject({ code: 'TOO_MANY_ROWS', limit: LIMIT })
    expect((await asPerson(torsby, 'tasks', { variables: { filter: { text: 'Rad 1' } } })).status).toBe(200)
  })

  test('whoever has been removed, at once', async () => {
    await world.sql('update member set removed_at = now() where id = $1', [torsby.seat.memberId])
    expect((await asPerson(torsby, 'tasks')).status).toBe(401)
    await world.sql('update member set removed_at = null where id = $1', [torsby.seat.memberId])
  })
})

test('tables say it in the words of the pages', () => {
  for (const [here, pages, members, agreement] of [
    [swedish, swedishPages, swedishMembers, swedishAgreement],
    [english, englishPages, englishMembers, englishAgreement],
  ] as const) {
    expect(here.state).toEqual(pages.ui.state)
    expect(here.audience).toEqual(pages.ui.audience.name)
    expect(here.role).toEqual(members.role)
    expect(here.mandate).toEqual(members.mandate)
    expect(here.position).toEqual(agreement.proposals.position)
    expect(pages.events.kind).toMatchObject(here.kind)
  }
})

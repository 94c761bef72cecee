import { describe, expect, test } from 'vitest'
import { instant, today, workingDay } from './calendar.ts'
import { commentId, taskId } from './ids.ts'
import { pilot } from './pilot.ts'
import { replay, readersOf, type Step } from './replay.ts'
import type { MemberKey, PartyKey, StoryEvent, TaskState } from './story.ts'

const outcome = replay(pilot)
const members = new Map(pilot.members.map((member) => [member.key, member]))
const member = (key: MemberKey) => members.get(key) ?? expect.fail(`nobody is called ${key}`)
const partyOf = (key: MemberKey): PartyKey => member(key).party
const where = ({ task, event }: Step) => `task ${task.number}, ${event.by} ${event.did} on day ${event.day} ${event.time}`

/** Every text that a reader may see, with where it stands. */
function texts(): [string, string][] {
  const said = outcome.steps.flatMap((step): [string, string][] => {
    const { event } = step
    if (event.did === 'commented' || event.did === 'reworded') return [[where(step), event.text]]
    if (event.did === 'edited')
      return [event.fields.title, event.fields.description].flatMap((text) => (text === undefined ? [] : [[where(step), text]]))
    return []
  })
  const tasks = pilot.tasks.flatMap((task): [string, string][] =>
    [task.title, task.description, task.initially?.title, task.initially?.description].flatMap((text) =>
      text === undefined ? [] : [[`task ${task.number}`, text]],
    ),
  )
  const { name, purpose } = pilot.collaboration
  return [
    ...said,
    ...tasks,
    ['collaboration', name],
    ['collaboration', purpose],
    ...pilot.members.map((m): [string, string] => [m.key, m.title]),
  ]
}

describe('the cast', () => {
  test('six parties in their order, each with a coordinator and a contributor, and one observer', () => {
    expect(
      pilot.parties.map(({ key, ordinal, organisation }) => `${ordinal} ${key} ${organisation.municipalityCode ?? ''}`.trim()),
    ).toEqual(['1 S 1766', '2 T 1737', '3 H 1783', '4 M 1762', '5 P', '6 R'])
    for (const { key } of pilot.parties) {
      const roles = pilot.members.filter((m) => m.party === key).map((m) => m.roles.join('+'))
      expect(roles).toEqual(['COORDINATOR+ADMIN', 'CONTRIBUTOR', ...(key === 'S' ? ['OBSERVER'] : [])])
    }
  })

  test('every signatory can sign; the associate cannot', () => {
    const signing = pilot.parties.filter(({ key }) =>
      pilot.members.some(
        (m) => m.party === key && m.roles.includes('COORDINATOR') && m.mandates.some(({ kind }) => kind === 'SIGN'),
      ),
    )
    expect(signing.map(({ key }) => key)).toEqual(pilot.parties.filter(({ role }) => role === 'SIGNATORY').map(({ key }) => key))
  })

  test('addresses can never be delivered to', () => {
    for (const { email } of pilot.members) expect(email).toMatch(/^[a-z]+@[a-z]+\.example$/)
  })
})

test('ids are valid, and each is used once', () => {
  const ids = [
    pilot.collaboration.id,
    ...pilot.parties.flatMap((party) => [party.id, party.organisation.id]),
    ...pilot.members.flatMap((m) => [m.id, m.personId, ...m.mandates.map((mandate) => mandate.id)]),
    ...pilot.tasks.map((task) => taskId(task.number)),
    ...[...outcome.comments].flatMap(([number, thread]) => thread.map(({ n }) => commentId(number, n))),
  ]
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids).size).toBe(ids.length)
})

describe('a history', () => {
  test('begins with its creation and goes forward in time, in working hours except on the night shift', () => {
    for (const { number, history } of pilot.tasks) {
      expect(history[0]?.did, `task ${number}`).toBe('created')
      const times = history.map(({ day, time }) => (day + 1000) * 10_000 + Number(time.replace(':', '')))
      expect(times, `task ${number}`).toEqual([...new Set(times)].toSorted((a, b) => a - b))
    }
    for (const step of outcome.steps) {
      const { day, time, by } = step.event
      expect(time, where(step)).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/)
      expect(Number.isInteger(day) && day >= -110 && day <= -1, where(step)).toBe(true)
      expect(day, where(step)).toBeGreaterThanOrEqual(member(by).joined)
      if (partyOf(by) !== 'R') expect(time >= '07:00' && time <= '17:30', where(step)).toBe(true)
    }
  })

  test('ends in what the task is today', () => {
    for (const task of pilot.tasks) {
      const { title, description, due, responsible, assignees, audience, state } = task
      const expected = { title, description, due, responsible, assignees, audience, state, archived: task.archived ?? false }
      expect(outcome.tasks.get(task.number)).toMatchObject(expected)
    }
  })

  test('changes something every time', () => {
    for (const step of outcome.steps) {
      if (step.subject !== 'Task' || !step.before) continue
      expect({ ...step.before, version: 0 }, where(step)).not.toEqual({ ...step.after, version: 0 })
    }
  })

  test('numbers the comments of a thread from 1, at most nine', () => {
    for (const [number, thread] of outcome.comments) {
      expect(
        thread.map(({ n }) => n),
        `task ${number}`,
      ).toEqual(thread.map((_, index) => index + 1))
      expect(thread.length, `task ${number}`).toBeLessThanOrEqual(9)
    }
  })
})

describe('nobody does what they may not', () => {
  const coordinates = new Set<StoryEvent['did']>(['shared', 'archived', 'restored'])
  const works = new Set<StoryEvent['did']>(['edited', 'assigned', 'moved'])

  test('one reads what one acts on, coordinators share and put away, and those who answer for a task work on it', () => {
    for (const step of outcome.steps) {
      const { task, event } = step
      const party = partyOf(event.by)
      const readers = step.before?.readers ?? (step.subject === 'Task' ? [task.party] : step.after.readers)
      expect(member(event.by).roles, where(step)).not.toContain('OBSERVER')
      expect(readers, where(step)).toContain(party)
      if (event.did === 'created' || coordinates.has(event.did)) expect(party, where(step)).toBe(task.party)
      if (coordinates.has(event.did)) expect(member(event.by).roles, where(step)).toContain('COORDINATOR')
      if (works.has(event.did) && step.subject === 'Task') {
        expect([task.party, ...(step.before?.responsible ?? [])], where(step)).toContain(party)
      }
      if (step.subject === 'Comment') expect(event.by, where(step)).toBe(step.after.by)
    }
  })

  test('nobody writes on what is archived, or answers for or works on what their party cannot read', () => {
    for (const step of outcome.steps) {
      if (step.subject !== 'Task') continue
      if (step.event.did !== 'restored') expect(step.before?.archived ?? false, where(step)).toBe(false)
      for (const party of [...step.after.responsible, ...step.after.assignees.map(partyOf)])
        expect(step.after.readers, where(step)).toContain(party)
      expect(step.after.responsible.length, where(step)).toBeGreaterThan(0)
    }
  })
})

describe('who reads what', () => {
  test('a task is shared with others than its owner, and never narrowed', () => {
    for (const step of outcome.steps) {
      if (step.event.did !== 'shared' || step.subject !== 'Task') continue
      if (Array.isArray(step.event.audience)) expect(step.event.audience, where(step)).not.toContain(step.task.party)
      expect(step.after.readers.length, where(step)).toBeGreaterThan(step.before?.readers.length ?? 0)
      expect(step.after.readers).toEqual(expect.arrayContaining(step.before?.readers ?? []))
    }
  })

  test('own comments are read by the own party alone', () => {
    const own = [...outcome.comments.values()].flat().filter((comment) => comment.audience === 'OWN')
    for (const comment of own) expect(comment.readers).toEqual([partyOf(comment.by)])
  })

  test('every party has drafts and comments of its own, and sees fewer tasks than there are', () => {
    for (const { key } of pilot.parties) {
      const drafts = pilot.tasks.filter((task) => task.party === key && task.audience === 'OWN')
      const notes = [...outcome.comments.values()]
        .flat()
        .filter((comment) => comment.audience === 'OWN' && partyOf(comment.by) === key)
      expect(drafts.length, `${key}: drafts`).toBeGreaterThanOrEqual(2)
      expect(drafts.length, `${key}: drafts`).toBeLessThanOrEqual(5)
      expect(notes.length, `${key}: notes`).toBeGreaterThanOrEqual(2)
      expect(pilot.tasks.filter((task) => readersOf(task.party, task.audience).includes(key)).length).toBeLessThan(
        pilot.tasks.length,
      )
    }
  })
})

describe('a board that looks alive', () => {
  const shown = pilot.tasks.filter((task) => !task.archived)

  test('has thirty-five to forty tasks, a few put away, something in every column', () => {
    expect(pilot.tasks.length).toBeGreaterThanOrEqual(35)
    expect(pilot.tasks.length).toBeLessThanOrEqual(40)
    expect(pilot.tasks.length - shown.length).toBeGreaterThanOrEqual(2)
    const states: TaskState[] = ['GIVEN', 'ONGOING', 'DELIVERED', 'APPROVED']
    for (const state of states) expect(shown.filter((task) => task.state === state).length, state).toBeGreaterThanOrEqual(2)
  })

  test('has something overdue, something due this week, in months, and never', () => {
    const due = shown.filter((task) => task.state !== 'APPROVED').map((task) => task.due)
    expect(due.filter((day) => day !== null && day < 0).length).toBeGreaterThanOrEqual(3)
    expect(due.filter((day) => day !== null && day >= 0 && day <= 5).length).toBeGreaterThanOrEqual(5)
    expect(due.filter((day) => day !== null && day > 40).length).toBeGreaterThanOrEqual(3)
    expect(due).toContain(null)
  })
})

test('texts keep within their bounds and hold no personal identity number, month or weekday', () => {
  for (const [place, text] of texts()) {
    expect(text.trim(), place).toBe(text)
    expect(text.length, place).toBeGreaterThan(0)
    expect(text.length, place).toBeLessThanOrEqual(10_000)
    expect(text, place).not.toMatch(/\d{6}\s?[-+]?\s?\d{4}/)
    expect(text, place).not.toMatch(
      /\b(januari|februari|mars|april|maj månad|juni|juli|augusti|september|oktober|november|december|(mån|tis|ons|tors|fre|lör)dag)\b/i,
    )
  }
  for (const { number, title } of pilot.tasks) expect(title.length, `task ${number}`).toBeLessThanOrEqual(200)
})

test('working days skip weekends, and clocks follow the zone through summer time', () => {
  expect(workingDay('2026-11-23', -1)).toBe('2026-11-20')
  expect(workingDay('2026-11-22', -1)).toBe('2026-11-20')
  expect(workingDay('2026-11-23', 0)).toBe('2026-11-23')
  expect(workingDay('2026-11-20', 1)).toBe('2026-11-23')
  expect(workingDay('2026-11-23', -5)).toBe('2026-11-16')
  expect(today(new Date('2026-11-23T23:30:00Z'), 'Europe/Stockholm')).toBe('2026-11-24')
  expect(instant('2026-07-01', '09:12', 'Europe/Stockholm').toISOString()).toBe('2026-07-01T07:12:00.000Z')
  expect(instant('2026-11-23', '09:12', 'Europe/Stockholm').toISOString()).toBe('2026-11-23T08:12:00.000Z')
})

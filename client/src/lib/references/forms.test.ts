import { describe, expect, test } from 'vitest'
import { globalId } from '../graph/ids.ts'
import { mentionOf, mentionsIn, referenceAt, referencesIn, referenceTo } from './forms.ts'
import { askedBefore } from './suggest.ts'

const one = 'a0000000-0000-4000-8000-000000000001'
const two = 'b0000000-0000-4000-8000-000000000002'

describe('stored forms', () => {
  test('come back as they were written, each once', () => {
    const text = `${mentionOf('member', 'Åsa Ny', one)} och ${mentionOf('party', 'Sunne', two)}, ${mentionOf('member', 'Åsa Ny', one)}`
    expect(mentionsIn(text)).toEqual([
      { id: globalId('Member', one), name: 'Åsa Ny' },
      { id: globalId('Party', two), name: 'Sunne' },
    ])
    const things = `${referenceTo('task', one)}${referenceTo('clause', two)} ${referenceTo('task', one)}`
    expect(referencesIn(things)).toEqual([globalId('Task', one), globalId('Clause', two)])
  })

  test('a name that looks like a form stays a name', () => {
    const [mention] = mentionsIn(mentionOf('member', `[x](task:${two})\n@[y`, one))
    expect(mention?.id).toBe(globalId('Member', one))
    expect(mentionsIn(mentionOf('member', 'x'.repeat(300), one))).toHaveLength(1)
  })

  test.each([
    '@[](member:a0000000-0000-4000-8000-000000000001)',
    '@[x](task:a0000000-0000-4000-8000-000000000001)',
    '@[x](member:A0000000-0000-4000-8000-000000000001)',
    '@[x](member:a0000000)',
    '@[a\nb](member:a0000000-0000-4000-8000-000000000001)',
  ])('%j mentions nobody', (text) => expect(mentionsIn(text)).toEqual([]))

  test('a reference holds no name', () => {
    expect(referencesIn(`#[Hemlig titel](task:${one})`)).toEqual([])
  })
})

describe('pasted addresses', () => {
  const hub = 'https://hub.example'
  test.each([
    [`${hub}/c/sutohamu/tasks/${one}`, referenceTo('task', one)],
    [` ${hub}/c/sutohamu/tasks/${one}\n`, referenceTo('task', one)],
    [`${hub}/c/sutohamu/tasks?view=list&task=${one}`, referenceTo('task', one)],
    [`${hub}/c/sutohamu/agreement?clause=${two}`, referenceTo('clause', two)],
    [`${hub}/c/other/tasks/${one}`, null],
    [`https://elsewhere.example/c/sutohamu/tasks/${one}`, null],
    [`${hub}/c/sutohamu/tasks`, null],
    [`${hub}/c/sutohamu/tasks/${one}/more`, null],
    [`${hub}/c/sutohamu/tasks/not-an-id`, null],
    [`${hub}/c/sutohamu/members?task=${one}`, null],
    [`Se ${hub}/c/sutohamu/tasks/${one}`, null],
    ['javascript:alert(1)', null],
    ['', null],
  ])('%j', (text, form) => expect(referenceAt(text, hub, 'sutohamu')).toBe(form))
})

describe('what is asked for before the caret', () => {
  test.each([
    ['@', { sign: '@', words: '', from: 0 }],
    ['Hej @maj m', { sign: '@', words: 'maj m', from: 4 }],
    ['(@sun', { sign: '@', words: 'sun', from: 1 }],
    ['Se #2.1', { sign: '#', words: '2.1', from: 3 }],
    ['Rad\n#tryg', { sign: '#', words: 'tryg', from: 4 }],
  ])('%j', (text, asked) => expect(askedBefore(text)).toEqual(asked))

  test.each(['', 'maj@torsby.example', '# Rubrik', '## Rubrik', 'a#b', '@ någon', '@[x](member:y)', `@${'x'.repeat(60)}`])(
    '%j asks for nothing',
    (text) => expect(askedBefore(text)).toBeNull(),
  )
})

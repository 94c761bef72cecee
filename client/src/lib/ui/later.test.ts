import { afterEach, expect, test, vi } from 'vitest'
import { begin, isDrawn, later } from './later.ts'

afterEach(() => vi.unstubAllGlobals())

test('a part that cannot come alive keeps none of the others from it', () => {
  const idle: (() => void)[] = []
  vi.stubGlobal('requestIdleCallback', (run: () => void) => void idle.push(run))
  vi.stubGlobal('addEventListener', vi.fn())
  vi.stubGlobal('removeEventListener', vi.fn())
  const alive: string[] = []
  const failures: unknown[] = []
  for (const name of ['first', 'broken', 'last'])
    later({ name } as unknown as Element, () => {
      expect(isDrawn()).toBe(true)
      if (name === 'broken') throw new Error(name)
      alive.push(name)
    })
  begin(
    () => {
      alive.push('what they use')
      throw new Error('unprepared')
    },
    () => alive.push('the page'),
  )
  for (let run = idle.shift(); run; run = idle.shift()) {
    try {
      run()
    } catch (error) {
      failures.push(error)
    }
    expect(isDrawn()).toBe(false)
  }
  expect(alive).toEqual(['what they use', 'first', 'last', 'the page'])
  expect(failures).toEqual([new Error('unprepared'), new Error('broken')])
})

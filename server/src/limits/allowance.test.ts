import { expect, test } from 'vitest'
import { Allowance, rateHeaders } from './allowance.ts'

// Time is given, so that a minute takes none.

const clock = () => {
  const time = { now: 1_000_000 }
  return { time, allowance: new Allowance(600, () => time.now) }
}

test('a minute’s worth may be spent at once, and comes back evenly', () => {
  const { time, allowance } = clock()
  expect(allowance.standing('Torsby')).toEqual({ limit: 600, remaining: 600, reset: 0 })
  expect(allowance.take('Torsby', 600)).toEqual({ granted: true })
  expect(allowance.standing('Torsby')).toEqual({ limit: 600, remaining: 0, reset: 60 })
  expect(allowance.take('Torsby', 10)).toEqual({ granted: false, retryAfter: 1_000 })
  expect(rateHeaders(allowance.standing('Torsby'))).toEqual({
    'ratelimit-policy': '"cost";q=600;w=60',
    ratelimit: '"cost";r=0;t=60',
  })
  time.now += 999
  expect(allowance.take('Torsby', 10)).toEqual({ granted: false, retryAfter: 1 })
  time.now += 1
  expect(allowance.take('Torsby', 10)).toEqual({ granted: true })
  // Nobody else has spent anything.
  expect(allowance.take('Sunne', 600)).toEqual({ granted: true })
})

test('an hour of quiet is a minute’s worth and no more, and what is refused costs nothing', () => {
  const { time, allowance } = clock()
  allowance.take('Torsby', 500)
  for (let time = 0; time < 100; time++) expect(allowance.take('Torsby', 101).granted).toBe(false)
  expect(allowance.take('Torsby', 100)).toEqual({ granted: true })
  time.now += 60 * 60_000
  expect(allowance.standing('Torsby').remaining).toBe(600)
  expect(allowance.take('Torsby', 601)).toEqual({ granted: false, retryAfter: 100 })
})

test('in ten minutes nobody has spent more than eleven minutes’ worth, however it was asked for', () => {
  const { time, allowance } = clock()
  let spent = 0
  for (let asked = 0; asked < 60_000; asked++) {
    const cost = 1 + ((asked * 7) % 40)
    if (allowance.take('Torsby', cost).granted) spent += cost
    time.now += 10
  }
  expect(spent).toBeGreaterThan(10 * 600 * 0.99)
  expect(spent).toBeLessThanOrEqual(11 * 600)
})

test('whoever has all of it is not kept', () => {
  const { time, allowance } = clock()
  for (let person = 0; person < 1_000; person++) allowance.take(`person ${person}`, 1)
  expect(allowance.kept).toBe(1_000)
  time.now += 60_000
  allowance.take('Torsby', 1)
  expect(allowance.kept).toBe(1)
})

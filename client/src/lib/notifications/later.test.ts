import { expect, test } from 'vitest'
import { choices, instantOf, wallOf } from './later.ts'

const at = (instant: string, timeZone: string) =>
  choices(new Date(instant), timeZone).map((one) => one.toISOString().slice(0, 16))

test('later today, tomorrow morning and Monday morning, by one’s own clock', () => {
  // A Friday afternoon in Sweden, still morning in New York.
  expect(at('2026-11-27T13:00:00Z', 'Europe/Stockholm')).toEqual(['2026-11-27T16:00', '2026-11-28T07:00', '2026-11-30T07:00'])
  expect(at('2026-11-27T13:00:00Z', 'America/New_York')).toEqual(['2026-11-27T16:00', '2026-11-28T13:00', '2026-11-30T13:00'])
  // Where it is tomorrow already.
  expect(at('2026-11-27T13:00:00Z', 'Pacific/Auckland')[1]).toBe('2026-11-28T19:00')
})

test('on a Sunday tomorrow is Monday, and on a Monday the next one is meant', () => {
  expect(at('2026-11-29T10:00:00Z', 'Europe/Stockholm')).toEqual(['2026-11-29T13:00', '2026-11-30T07:00'])
  expect(at('2026-11-30T10:00:00Z', 'Europe/Stockholm')).toEqual(['2026-11-30T13:00', '2026-12-01T07:00', '2026-12-07T07:00'])
})

test('a morning is a morning also when the clocks are put forward or back in between', () => {
  expect(at('2027-03-27T10:00:00Z', 'Europe/Stockholm').slice(1)).toEqual(['2027-03-28T06:00', '2027-03-29T06:00'])
  expect(at('2027-10-30T10:00:00Z', 'Europe/Stockholm').slice(1)).toEqual(['2027-10-31T07:00', '2027-11-01T07:00'])
})

test('what a field shows and the instant are each other’s', () => {
  for (const timeZone of ['Europe/Stockholm', 'America/New_York', 'Asia/Kolkata', 'UTC'])
    for (const instant of ['2026-11-27T13:05:00.000Z', '2027-06-30T22:30:00.000Z'])
      expect(instantOf(wallOf(new Date(instant), timeZone), timeZone).toISOString()).toBe(instant)
  // Half past two does not come that night.
  expect(instantOf('2027-03-28T02:30', 'Europe/Stockholm').toISOString()).toBe('2027-03-28T01:30:00.000Z')
})

// When what is put away comes back, by one's own clock: that of the zone in the settings, whatever the device runs on.

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
export const FARTHEST_MS = 365 * DAY_MS

/** What the zone's clocks show, as a field for day and time has it: YYYY-MM-DDTHH:MM. */
export const wallOf = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
    .format(at)
    .replace(' ', 'T')

const asUtc = (wall: string) => Date.parse(`${wall}:00Z`)

/** When the zone's clocks show it. An hour that they skip in spring is the hour after; one that they show twice is the second. */
export const instantOf = (wall: string, timeZone: string): Date => {
  const shift = (at: number) => asUtc(wallOf(new Date(at), timeZone)) - at
  const wanted = asUtc(wall)
  return new Date(wanted - shift(wanted - shift(wanted)))
}

/** Later today, tomorrow morning, and Monday morning; a day that is two of them is offered once. */
export const choices = (now: Date, timeZone: string): readonly Date[] => {
  const today = asUtc(`${wallOf(now, timeZone).slice(0, 10)}T00:00`)
  const morning = (days: number) => instantOf(`${new Date(today + days * DAY_MS).toISOString().slice(0, 10)}T08:00`, timeZone)
  const untilMonday = (8 - new Date(today).getUTCDay()) % 7 || 7
  return [new Date(now.getTime() + 3 * HOUR_MS), ...[...new Set([1, untilMonday])].map(morning)]
}

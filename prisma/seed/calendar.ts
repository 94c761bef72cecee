// From "working days before today" to real dates. Monday to Friday are working days; holidays are not our business.

const isWeekday = (date: Date): boolean => date.getUTCDay() !== 0 && date.getUTCDay() !== 6

/** The calendar day at `now` in the zone, as YYYY-MM-DD. Swedish happens to write dates just so. */
export const today = (now: Date, timeZone: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now)

/** The working day that lies `offset` working days from the given day: -1 is the latest one before it, 0 the day itself. */
export function workingDay(from: string, offset: number): string {
  const date = new Date(`${from}T00:00:00Z`)
  const step = Math.sign(offset)
  for (let left = Math.abs(offset); left > 0;) {
    date.setUTCDate(date.getUTCDate() + step)
    if (isWeekday(date)) left -= 1
  }
  return date.toISOString().slice(0, 10)
}

/** The instant at which clocks in the zone show that day and that time. */
export function instant(day: string, time: string, timeZone: string): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  const shown = (at: number): number =>
    Date.parse(
      `${new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at).replace(' ', 'T')}Z`,
    )
  return new Date(wanted - (shown(wanted) - wanted))
}

// Dates and numbers in the reader's words: "i dag 14.05", "tor 12 mars". Days are counted in the collaboration's zone, so
// that the server and every browser write the same text whatever clock they run on.
import type { Locale } from './locale.ts'

const words = {
  sv: { tag: 'sv-SE', today: 'i dag', yesterday: 'i går', tomorrow: 'i morgon', time: (h: string, m: string) => `${h}.${m}` },
  en: { tag: 'en-GB', today: 'today', yesterday: 'yesterday', tomorrow: 'tomorrow', time: (h: string, m: string) => `${h}:${m}` },
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000

/** A formatter takes milliseconds to make, on a phone ten, and few pages need them all. */
const onDemand = <T>(make: () => T) => {
  let made: T | undefined
  return () => (made ??= make())
}

export class Format {
  readonly #words: (typeof words)[Locale]
  readonly #locale: Locale
  readonly #now: () => Date
  readonly #isoDay
  readonly #clock
  readonly #short
  readonly #shortWithYear
  readonly #full
  readonly #numbers
  readonly #lists

  constructor(locale: Locale, now: () => Date, timeZone = 'Europe/Stockholm') {
    this.#locale = locale
    this.#words = words[locale]
    this.#now = now
    const { tag } = this.#words
    const dates = (language: string, options: Intl.DateTimeFormatOptions) =>
      onDemand(() => new Intl.DateTimeFormat(language, options))
    this.#isoDay = dates('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    this.#clock = dates('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    this.#short = dates(tag, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'long' })
    this.#shortWithYear = dates(tag, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })
    this.#full = dates(tag, { timeZone, dateStyle: 'full', timeStyle: 'medium' })
    this.#numbers = onDemand(() => new Intl.NumberFormat(tag))
    this.#lists = onDemand(() => new Intl.ListFormat(tag, { type: 'conjunction' }))
  }

  /** The collaboration's day, YYYY-MM-DD. */
  today = () => this.#isoDay().format(this.#now())

  /** The collaboration's day in which an instant falls, YYYY-MM-DD. */
  dayOf = (at: string) => this.#isoDay().format(new Date(at))

  /** A calendar day: "i dag", "tor 12 mars", with the year when it is another. */
  day = (day: string) => {
    const today = this.today()
    const distance = dayNumber(day) - dayNumber(today)
    if (distance === 0) return this.#words.today
    if (distance === -1) return this.#words.yesterday
    if (distance === 1) return this.#words.tomorrow
    const format = day.slice(0, 4) === today.slice(0, 4) ? this.#short : this.#shortWithYear
    return format()
      .format(new Date(`${day}T00:00:00Z`))
      .replace(',', '')
  }

  /** An instant: the day, and the time of day while it is close. */
  moment = (at: string) => {
    const day = this.dayOf(at)
    const close = Math.abs(dayNumber(day) - dayNumber(this.today())) <= 6
    return close ? this.appointment(at) : this.day(day)
  }

  /** An instant that one waits for: the day and the time of day, however far. */
  appointment = (at: string) => {
    const [hour = '', minute = ''] = this.#clock().format(new Date(at)).split(':')
    return `${this.day(this.dayOf(at))} ${this.#words.time(hour, minute)}`
  };

  /** The same by another clock: what is one's own is told by one's own. */
  in = (timeZone: string) => new Format(this.#locale, this.#now, timeZone)

  /** The whole truth, for a title. */
  exact = (at: string) => this.#full().format(new Date(at))

  number = (value: number) => this.#numbers().format(value)

  list = (items: readonly string[]) => this.#lists().format(items)
}

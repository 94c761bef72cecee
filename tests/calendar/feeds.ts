import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
import type { Actor } from '../world/actor.ts'
import { mint } from '../world/actor.ts'
import { does, type Done } from '../world/acts.ts'

// A calendar as two programs read it that know nothing of each other, and nothing of us.

export interface Day {
  readonly uid: string
  readonly title: string
  readonly on: string
  readonly until: string
  readonly text: string
  readonly url: string
  readonly sequence: number
  readonly modified: string
}

export interface Feed {
  readonly name: string
  readonly days: readonly Day[]
}

const byUid = (days: Day[]): Day[] => days.toSorted((a, b) => (a.uid < b.uid ? -1 : 1))
const instant = (date: Date): string => date.toISOString().slice(0, 19)
const isoDay = (year: number, month: number, day: number): string =>
  [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')

/** As Mozilla's calendar reads it. */
export const byMozilla = (text: string): Feed => {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown as string)
  const days = calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    const modified = component.getFirstPropertyValue('last-modified') as ICAL.Time
    if (!event.startDate.isDate || !event.endDate.isDate) throw new Error(`${event.summary} is not for whole days`)
    return {
      uid: event.uid,
      title: event.summary,
      on: event.startDate.toString(),
      until: event.endDate.toString(),
      text: event.description,
      url: String(component.getFirstPropertyValue('url')),
      sequence: event.sequence,
      modified: instant(modified.toJSDate()),
    }
  })
  return { name: String(calendar.getFirstPropertyValue('x-wr-calname')), days: byUid(days) }
}

/** As the most downloaded parser for Node reads it. */
export const byNode = (text: string): Feed => {
  const parts = Object.values(nodeIcal.sync.parseICS(text))
  const days = parts.flatMap((part) => {
    if (part?.type !== 'VEVENT') return []
    const local = (date: Date) => isoDay(date.getFullYear(), date.getMonth() + 1, date.getDate())
    if (part.datetype !== 'date' || !part.end || !part.lastmodified) throw new Error(`${part.summary} is not for whole days`)
    return [
      {
        uid: part.uid,
        title: String(part.summary),
        on: local(part.start),
        until: local(part.end),
        text: String(part.description),
        url: textOf(part.url),
        sequence: Number(part.sequence),
        modified: instant(part.lastmodified),
      },
    ]
  })
  const calendar = parts.find((part) => part?.type === 'VCALENDAR')
  return { name: String(calendar && Reflect.get(calendar, 'WR-CALNAME')), days: byUid(days) }
}

/** A value that came with parameters stands beside them. */
const textOf = (value: unknown): string =>
  String(typeof value === 'object' && value !== null && 'val' in value ? value.val : value)

export interface Link {
  readonly made: Done['subject']
  readonly url: string
}

export const linkOf = async (actor: Actor, { party = false, name = 'Telefonen' } = {}): Promise<Link> => {
  const { subject, url } = await does(actor, 'makeCalendarLink', { id: mint(), name, party })
  if (!url) throw new Error('a link is shown when it is made')
  return { made: subject, url }
}

import type { Weekly } from '../channel.ts'
import type { Done, PartyWeek } from '../week/week.ts'
import { pathTo } from '../words/item.ts'
import { type Words, wordsIn } from '../words/words.ts'
import { escape, framed, headingHtml, openHtml, type Rendered, roomOf } from './frame.ts'

/** The week between the parties: of each what it did, as far as there is room, with the way to it. */
export const renderWeek = (weekly: Weekly): Rendered => {
  const { receiver, parties } = weekly
  const words = wordsIn[receiver.locale]
  const { week } = words
  const room = roomOf(weekly)
  return framed(weekly, {
    heading: week.heading,
    subject: `${week.heading}: ${receiver.collaboration.name}`,
    preview: parties.map(({ party }) => party).join(', '),
    text: [week.heading, '', ...parties.flatMap((one) => asText(one, words, room)), `${week.open}: ${room}`, ''],
    html: [headingHtml(week.heading), ...parties.map((one) => asHtml(one, words, room)), openHtml(room, week.open)].join('\n'),
    because: week.because,
    stop: week.stop,
  })
}

const nameOf = ({ subject }: Done, words: Words): string =>
  subject.__typename === 'AgreementVersion' ? words.version(subject.number ?? 0) : (subject.title ?? words.untitled)

/** What is told without a name: how much more there was, and how much was said. */
const rest = ({ more, comments }: PartyWeek, { week }: Words): string[] => [
  ...(more > 0 ? [week.more(more)] : []),
  ...(comments > 0 ? [week.comments(comments)] : []),
]

const asText = (one: PartyWeek, words: Words, room: string): string[] => [
  one.party,
  ...one.done.flatMap((done) => [`- ${words.week.did[done.deed]}: ${nameOf(done, words)}`, `  ${room}${pathTo(done.subject)}`]),
  ...rest(one, words).map((line) => `- ${line}`),
  '',
]

const LINE = 'margin: 6px 0 0; font-size: 16px; line-height: 24px; color: #1d1e20; overflow-wrap: anywhere'

const asHtml = (
  one: PartyWeek,
  words: Words,
  room: string,
): string => `<div class="among" style="padding: 16px 0 0; margin: 16px 0 0; border-top: 1px solid #e4e1da">
<h2 class="ink" style="margin: 0; font-size: 17px; line-height: 24px; font-weight: 600; color: #1d1e20; overflow-wrap: anywhere">${escape(one.party)}</h2>
<ul style="margin: 0; padding: 0 0 0 20px">
${[
  ...one.done.map(
    (done) =>
      `${escape(words.week.did[done.deed])}: <a class="go" href="${escape(`${room}${pathTo(done.subject)}`)}" style="font-weight: 600; color: #3b4cc0; text-decoration: underline">${escape(nameOf(done, words))}</a>`,
  ),
  ...rest(one, words).map(escape),
]
  .map((line) => `<li class="ink" style="${LINE}">${line}</li>`)
  .join('\n')}
</ul>
</div>`

import type { Letter } from '../channel.ts'
import { type Item, itemOf } from '../words/item.ts'
import { wordsIn } from '../words/words.ts'
import { escape, framed, headingHtml, openHtml, type Rendered, roomOf } from './frame.ts'

/** What somebody is told: one thing with the one thing to do, or all that has gathered. */
export const render = (letter: Letter): Rendered => {
  const { receiver, digest, told } = letter
  const words = wordsIn[receiver.locale]
  const items = told.map((one) => itemOf(one, words, roomOf(letter)))
  const [first] = items
  const heading = digest ? words.gathered(items.length) : (first?.name ?? words.untitled)
  return framed(letter, {
    heading,
    subject: digest ? `${heading}: ${receiver.collaboration.name}` : heading,
    preview: first ? `${first.sentence} ${first.quote}` : '',
    text: [...(digest ? [heading, ''] : []), ...items.flatMap(asText)],
    html: digest ? [headingHtml(heading), ...items.map(amongHtml)].join('\n') : items.map(onlyHtml).join('\n'),
    because: digest ? words.gatheredBecause : words.because(first?.why ?? ''),
    stop: digest ? words.stopAll : words.stop,
  })
}

const asText = ({ name, sentence, quote, url }: Item): string[] => [
  name,
  sentence,
  ...(quote ? ['', ...quote.split('\n').map((line) => `> ${line}`), ''] : []),
  url,
  '',
]

const titleHtml = ({ name, url }: Item, level: 'h1' | 'h2'): string =>
  `<${level} class="ink" style="margin: 0 0 4px; font-size: ${level === 'h1' ? '22px; line-height: 28px' : '17px; line-height: 24px'}; font-weight: 600; color: #1d1e20; overflow-wrap: anywhere"><a href="${escape(url)}" style="color: #1d1e20; text-decoration: none">${escape(name)}</a></${level}>`

const saidHtml = ({ sentence, quote }: Item): string =>
  `<p class="ink" style="margin: 0; font-size: 16px; line-height: 24px; color: #1d1e20">${escape(sentence)}</p>
${quote ? `<blockquote class="soft said" style="margin: 12px 0 0; padding: 2px 0 2px 14px; border-left: 3px solid #e4e1da; font-size: 16px; line-height: 24px; color: #4f5156; white-space: pre-line; overflow-wrap: anywhere">${escape(quote)}</blockquote>` : ''}`

/** The one thing of a mail, with the one thing to do. */
const onlyHtml = (item: Item): string => `${titleHtml(item, 'h1')}
${saidHtml(item)}
${openHtml(item.url, item.open)}`

/** One thing of many: the way to it is a link, and says where it leads to whoever hears nothing but links. */
const amongHtml = (
  item: Item,
): string => `<div class="among" style="padding: 16px 0 0; margin: 16px 0 0; border-top: 1px solid #e4e1da">
${titleHtml(item, 'h2')}
${saidHtml(item)}
<p style="margin: 8px 0 0"><a class="go" href="${escape(item.url)}" aria-label="${escape(`${item.open}: ${item.name}`)}" style="font-size: 16px; line-height: 24px; font-weight: 600; color: #3b4cc0; text-decoration: underline">${escape(item.open)}</a></p>
</div>`

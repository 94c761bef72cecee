import type { Letter } from '../channel.ts'
import { type Item, itemOf } from '../words/item.ts'
import { type Words, wordsIn } from '../words/words.ts'

/**
 * Guards: what people wrote stands in a mail as text and never as markup.
 *
 * One template for every mail, as text and as HTML. Colours are the pages' own, light and dark; mail programs that know no dark keep
 * the light ones, which are written on each element because some throw styles in the head away.
 */
export interface Rendered {
  readonly subject: string
  readonly text: string
  readonly html: string
}

interface Parts {
  readonly words: Words
  readonly lang: string
  readonly collaboration: string
  readonly heading: string
  readonly items: readonly Item[]
  readonly because: string
  readonly stop: string
  readonly unsubscribe: string
  readonly settings: string
}

export const render = ({ receiver, digest, told, origin, unsubscribe }: Letter): Rendered => {
  const words = wordsIn[receiver.locale]
  const room = `${origin}/c/${receiver.collaboration.slug}`
  const items = told.map((one) => itemOf(one, words, room))
  const [first] = items
  const parts: Parts = {
    words,
    lang: receiver.locale,
    collaboration: receiver.collaboration.name,
    heading: digest ? words.gathered(items.length) : (first?.name ?? words.untitled),
    items,
    because: digest ? words.gatheredBecause : words.because(first?.why ?? ''),
    stop: digest ? words.stopAll : words.stop,
    unsubscribe,
    settings: `${room}/inbox/settings`,
  }
  const subject = digest ? `${parts.heading}: ${receiver.collaboration.name}` : parts.heading
  return { subject, text: asText(parts, digest), html: asHtml(parts, digest) }
}

const asText = (parts: Parts, digest: boolean): string =>
  [
    parts.collaboration,
    '',
    ...(digest ? [parts.heading, ''] : []),
    ...parts.items.flatMap(({ name, sentence, quote, url }) => [
      name,
      sentence,
      ...(quote ? ['', ...quote.split('\n').map((line) => `> ${line}`), ''] : []),
      url,
      '',
    ]),
    '-- ',
    parts.because,
    `${parts.stop}: ${parts.unsubscribe}`,
    `${parts.words.settings}: ${parts.settings}`,
    parts.words.footer,
    '',
  ].join('\n')

const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  body, .ground { background: #141518 !important; }
  .card { background: #1c1d21 !important; border-color: #2e3036 !important; }
  .ink, .ink a { color: #eeedea !important; }
  .soft, .soft a { color: #bfc0c5 !important; }
  .said, .among { border-color: #2e3036 !important; }
  .go { color: #a9b4ff !important; }
  .open { background: #a9b4ff !important; color: #12163a !important; }
}
@media (max-width: 30rem) { .card { padding: 20px 16px !important; } .ground { padding: 16px 8px !important; } }`

const FONT = `font-family: 'Source Sans 3', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif`

const titleHtml = ({ name, url }: Item, level: 'h1' | 'h2'): string =>
  `<${level} class="ink" style="margin: 0 0 4px; font-size: ${level === 'h1' ? '22px; line-height: 28px' : '17px; line-height: 24px'}; font-weight: 600; color: #1d1e20; overflow-wrap: anywhere"><a href="${escape(url)}" style="color: #1d1e20; text-decoration: none">${escape(name)}</a></${level}>`

const saidHtml = ({ sentence, quote }: Item): string =>
  `<p class="ink" style="margin: 0; font-size: 16px; line-height: 24px; color: #1d1e20">${escape(sentence)}</p>
${quote ? `<blockquote class="soft said" style="margin: 12px 0 0; padding: 2px 0 2px 14px; border-left: 3px solid #e4e1da; font-size: 16px; line-height: 24px; color: #4f5156; white-space: pre-line; overflow-wrap: anywhere">${escape(quote)}</blockquote>` : ''}`

/** The one thing of a mail, with the one thing to do. */
const onlyHtml = (item: Item): string => `${titleHtml(item, 'h1')}
${saidHtml(item)}
<p style="margin: 20px 0 0"><a class="open" href="${escape(item.url)}" style="display: inline-block; padding: 11px 18px; border-radius: 8px; background: #3b4cc0; color: #ffffff; font-size: 16px; font-weight: 600; text-decoration: none">${escape(item.open)}</a></p>`

/** One thing of many: the way to it is a link, and says where it leads to whoever hears nothing but links. */
const amongHtml = (
  item: Item,
): string => `<div class="among" style="padding: 16px 0 0; margin: 16px 0 0; border-top: 1px solid #e4e1da">
${titleHtml(item, 'h2')}
${saidHtml(item)}
<p style="margin: 8px 0 0"><a class="go" href="${escape(item.url)}" aria-label="${escape(`${item.open}: ${item.name}`)}" style="font-size: 16px; line-height: 24px; font-weight: 600; color: #3b4cc0; text-decoration: underline">${escape(item.open)}</a></p>
</div>`

const asHtml = (parts: Parts, digest: boolean): string => {
  const { words, lang, collaboration, heading, items, because, stop, unsubscribe, settings } = parts
  const link = (url: string, text: string) =>
    `<a href="${escape(url)}" style="color: #4f5156; text-decoration: underline">${escape(text)}</a>`
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(heading)}</title>
<style>${STYLE}
</style>
</head>
<body style="margin: 0; background: #f6f5f2; ${FONT}">
<div class="ground" style="padding: 32px 16px; background: #f6f5f2">
<div style="display: none; max-height: 0; overflow: hidden">${escape(items[0] ? `${items[0].sentence} ${items[0].quote}` : '')}</div>
<div style="max-width: 560px; margin: 0 auto">
<p class="soft" style="margin: 0 0 12px; font-size: 14px; line-height: 20px; font-weight: 600; color: #4f5156">${escape(collaboration)}</p>
<main class="card" style="padding: 28px; border: 1px solid #e4e1da; border-radius: 12px; background: #ffffff">
${digest ? `<h1 class="ink" style="margin: 0; font-size: 22px; line-height: 28px; font-weight: 600; color: #1d1e20">${escape(heading)}</h1>` : ''}
${items.map(digest ? amongHtml : onlyHtml).join('\n')}
</main>
<div class="soft" style="padding: 16px 4px 0; font-size: 14px; line-height: 22px; color: #4f5156">
<p style="margin: 0 0 8px">${escape(because)} ${escape(words.footer)}</p>
<p style="margin: 0">${link(unsubscribe, stop)}<br>${link(settings, words.settings)}</p>
</div>
</div>
</div>
</body>
</html>
`
}

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => MARKS[mark] ?? mark)

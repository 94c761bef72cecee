import type { Envelope } from '../channel.ts'
import { type Words, wordsIn } from '../words/words.ts'

/**
 * Guards: what people wrote stands in a mail as text and never as markup.
 *
 * What every mail has around what it says, as text and as HTML. Colours are the pages' own, light and dark; mail programs that know no dark keep
 * the light ones, which are written on each element because some throw styles in the head away.
 */
export interface Rendered {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface Said {
  readonly subject: string
  readonly heading: string
  /** What mail programs show beside the subject. */
  readonly preview: string
  readonly text: readonly string[]
  readonly html: string
  readonly because: string
  readonly stop: string
}

export const roomOf = ({ origin, receiver }: Envelope): string => `${origin}/c/${receiver.collaboration.slug}`

export const framed = (envelope: Envelope, said: Said): Rendered => {
  const { receiver, unsubscribe } = envelope
  const words = wordsIn[receiver.locale]
  const settings = `${roomOf(envelope)}/inbox/settings`
  const text = [
    receiver.collaboration.name,
    '',
    ...said.text,
    '-- ',
    said.because,
    `${said.stop}: ${unsubscribe}`,
    `${words.settings}: ${settings}`,
    words.footer,
    '',
  ].join('\n')
  return { subject: said.subject, text, html: asHtml(envelope, said, words, settings) }
}

const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  body, .ground { background: #141518 !important; }
  .card { background: #1c1d21 !important; border-color: #2e3036 !important; }
  .ink, .ink a { color: #eeedea !important; }
  .soft, .soft a { color: #bfc0c5 !important; }
  .said, .among { border-color: #2e3036 !important; }
  .go, .ink .go { color: #a9b4ff !important; }
  .open { background: #a9b4ff !important; color: #12163a !important; }
}
@media (max-width: 30rem) { .card { padding: 20px 16px !important; } .ground { padding: 16px 8px !important; } }`

const FONT = `font-family: 'Source Sans 3', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif`

const asHtml = ({ receiver, unsubscribe }: Envelope, said: Said, words: Words, settings: string): string => {
  const link = (url: string, text: string) =>
    `<a href="${escape(url)}" style="color: #4f5156; text-decoration: underline">${escape(text)}</a>`
  return `<!doctype html>
<html lang="${receiver.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escape(said.heading)}</title>
<style>${STYLE}
</style>
</head>
<body style="margin: 0; background: #f6f5f2; ${FONT}">
<div class="ground" style="padding: 32px 16px; background: #f6f5f2">
<div style="display: none; max-height: 0; overflow: hidden">${escape(said.preview)}</div>
<div style="max-width: 560px; margin: 0 auto">
<header class="soft" style="margin: 0 0 12px; font-size: 14px; line-height: 20px; font-weight: 600; color: #4f5156">${escape(receiver.collaboration.name)}</header>
<main class="card" style="padding: 28px; border: 1px solid #e4e1da; border-radius: 12px; background: #ffffff">
${said.html}
</main>
<footer class="soft" style="padding: 16px 4px 0; font-size: 14px; line-height: 22px; color: #4f5156">
<p style="margin: 0 0 8px">${escape(said.because)} ${escape(words.footer)}</p>
<p style="margin: 0">${link(unsubscribe, said.stop)}<br>${link(settings, words.settings)}</p>
</footer>
</div>
</div>
</body>
</html>
`
}

/** The one heading of a mail that has several things. */
export const headingHtml = (heading: string): string =>
  `<h1 class="ink" style="margin: 0; font-size: 22px; line-height: 28px; font-weight: 600; color: #1d1e20">${escape(heading)}</h1>`

/** The one thing to do. */
export const openHtml = (url: string, text: string): string =>
  `<p style="margin: 20px 0 0"><a class="open" href="${escape(url)}" style="display: inline-block; padding: 11px 18px; border-radius: 8px; background: #3b4cc0; color: #ffffff; font-size: 16px; font-weight: 600; text-decoration: none">${escape(text)}</a></p>`

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => MARKS[mark] ?? mark)

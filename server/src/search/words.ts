/** The same folding as `search_fold` in the database: lower case, without marks, as people type who lack the key. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[æøßłđð]/g, (letter) => ({ æ: 'a', ø: 'o', ß: 's', ł: 'l', đ: 'd', ð: 'd' })[letter] ?? letter)

/** A word with the marks that may stand in it, so that places in the text stay what they are. */
const WORD = /[\p{L}\p{N}\p{M}]+/gu

export const wordsOf = (text: string): string[] => text.match(WORD) ?? []

/** Part of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string
  readonly hit: boolean
}

/** The text cut where what was looked for begins and ends. Never markup: whoever shows it decides how. */
export const pieces = (text: string, found: ReadonlySet<string>): Piece[] => {
  const cut: Piece[] = []
  let from = 0
  for (const match of text.matchAll(WORD)) {
    if (!found.has(fold(match[0]))) continue
    if (match.index > from) cut.push({ text: text.slice(from, match.index), hit: false })
    cut.push({ text: match[0], hit: true })
    from = match.index + match[0].length
  }
  if (from < text.length) cut.push({ text: text.slice(from), hit: false })
  return cut
}

const AROUND = 60
const LENGTH = 200

/** About two lines of the text, from shortly before the first thing found. */
export const excerpt = (markdown: string, found: ReadonlySet<string>): Piece[] => {
  const text = plain(markdown)
  const first = [...text.matchAll(WORD)].find(([word]) => found.has(fold(word)))?.index ?? 0
  // At a space, so that no word and no sign made of two units is cut.
  const start = first <= AROUND ? 0 : text.indexOf(' ', first - AROUND) + 1
  const end = text.length <= start + LENGTH ? text.length : Math.max(text.lastIndexOf(' ', start + LENGTH), start + AROUND)
  return pieces(`${start > 0 ? '… ' : ''}${text.slice(start, end).toWellFormed()}${end < text.length ? ' …' : ''}`, found)
}

/** Markdown without its signs: what one would read aloud. */
const plain = (markdown: string): string =>
  markdown
    .replace(/[!#]?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+\.)\s+(?:\[[ xX]\]\s+)?/gm, '')
    .replace(/[*_`~]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim()

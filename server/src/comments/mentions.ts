/**
 * Guards: what is shown as a mention is what somebody is told of, and the other way round.
 *
 * A mention stands in a text's Markdown as `@[Name](member:uuid)` or `@[Name](party:uuid)`, with the bare UUID in lower case. The
 * name is one line of 1 to 100 characters without brackets, as it was called when it was written; the id decides. Anything may stand
 * around it, emphasis, lists and quotes too. In code, and behind a backslash, it is a text like any other.
 *
 * The client shows mentions by the same form, in `client/src/lib/ui/mentions.ts`; one corpus holds both to the same answers.
 */
const MENTION = /\\[^]|@\[[^[\]\n]{1,100}\]\((member|party):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)/g
/** From a fence to its end, or the text's. */
const FENCED = /^[ >]{0,9}(```+|~~~+)[^`\n]*$[^]*?(?:^[ >]{0,9}\1[`~]*[ \t]*$|$(?![^]))/gm
/** Between two runs of equally many backticks in one paragraph. */
const SPAN = /(?<![\\`])(`+)(?!`)(?:(?!\n[ \t]*\n)[^])*?(?<!`)\1(?!`)/g

export interface Mentions {
  readonly members: ReadonlySet<string>
  readonly parties: ReadonlySet<string>
}

export const mentionsIn = (texts: readonly string[]): Mentions => {
  const found = texts.flatMap((text) => [...text.replaceAll(FENCED, ' ').replaceAll(SPAN, ' ').matchAll(MENTION)])
  const ids = (wanted: string) => new Set(found.flatMap(([, kind, id]) => (kind === wanted && id !== undefined ? [id] : [])))
  return { members: ids('member'), parties: ids('party') }
}

import type MarkdownIt from 'markdown-it'

/*
 * Whoever is named is shown by name; the id behind it says to the server whom to tell. The form, `@[Name](member:uuid)` or
 * `@[Name](party:uuid)`, is told in `server/src/comments/mentions.ts`, and one corpus holds both to the same answers.
 */
const form = /@\[([^[\]\n]{1,100})\]\((member|party):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)/y

export const mentions = (markdown: InstanceType<typeof MarkdownIt>) => {
  markdown.inline.ruler.before('link', 'mention', (state, silent) => {
    form.lastIndex = state.pos
    const [match, name, kind, id] = form.exec(state.src) ?? []
    if (match === undefined) return false
    if (!silent) Object.assign(state.push('mention', '', 0), { content: `@${name}`, meta: { kind, id } })
    state.pos += match.length
    return true
  })
  markdown.renderer.rules['mention'] = (tokens, index) =>
    `<strong>${markdown.utils.escapeHtml(tokens[index]?.content ?? '')}</strong>`
}

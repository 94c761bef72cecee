import MarkdownIt from 'markdown-it'
import { mentions } from './mentions.ts'

/* What a member writes can format text and nothing else: no HTML, no pictures from elsewhere, links only to the web and to mail. */
const safeLink = /^(?:https?:\/\/|mailto:)/i

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false }).disable(['image'])
markdown.validateLink = (address) => safeLink.test(address.trim())

const openLink = markdown.renderer.rules.link_open
markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
  tokens[index]?.attrSet('rel', 'noopener nofollow')
  return openLink ? openLink(tokens, index, options, env, self) : self.renderToken(tokens, index, options)
}

mentions(markdown)

// How a column stands is said without a style attribute: the page's policy allows none.
for (const rule of ['th_open', 'td_open'] as const) {
  markdown.renderer.rules[rule] = (tokens, index, options, _env, self) => {
    const token = tokens[index]
    const style = token?.attrGet('style')
    if (token && style) token.attrs = [['data-align', String(style).replace('text-align:', '')]]
    return self.renderToken(tokens, index, options)
  }
}

// A task or a clause is stored as its id alone; what is shown is what this reader may know of it now. Not inside a link.
export type Shown = { text: string; note?: string; href?: string; sort: 'here' | 'hidden' | 'coming' }
export type Find = (kind: 'task' | 'clause', uuid: string) => Shown
const reference = /^#\[\]\((task|clause):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)/
markdown.inline.ruler.before('link', 'reference', (state, silent) => {
  const match = state.linkLevel === 0 && reference.exec(state.src.slice(state.pos, state.pos + 60))
  if (!match) return false
  if (!silent) state.push('reference', '', 0).meta = { kind: match[1], uuid: match[2] }
  state.pos += match[0].length
  return true
})
markdown.renderer.rules['reference'] = (tokens, index, _, env) => {
  const { find } = env as { find: Find }
  const meta = tokens[index]?.meta as { kind: 'task' | 'clause'; uuid: string } | undefined
  if (!meta) return ''
  const { text, note, href, sort } = find(meta.kind, meta.uuid)
  const escaped = markdown.utils.escapeHtml
  const words = `${escaped(text)}${note ? ` <span class="note">${escaped(note)}</span>` : ''}`
  const tag = href ? 'a' : 'span'
  return `<${tag} class="reference" data-sort="${sort}"${href ? ` href="${escaped(href)}"` : ''}>${words}</${tag}>`
}

// A list of things to do, as it is written elsewhere: `- [ ]` and `- [x]` show a box. It is ticked by changing the text.
const box = /^\[([ xX])\] /
markdown.core.ruler.after('inline', 'boxes', ({ tokens }) => {
  tokens.forEach((token, index) => {
    const first = token.children?.[0]
    if (tokens[index - 2]?.type !== 'list_item_open' || first?.type !== 'text') return
    first.content = first.content.replace(box, (_, mark: string) => (mark === ' ' ? '☐ ' : '☑ '))
  })
})

// A page has headings of its own: what a member calls a heading stands below them and never breaks their order.
for (const rule of ['heading_open', 'heading_close'] as const) {
  markdown.renderer.rules[rule] = (tokens, index) => (tokens[index]?.nesting === 1 ? '<p class="heading">' : '</p>\n')
}

export const renderMarkdown = (source: string, find: Find) => markdown.render(source, { find })

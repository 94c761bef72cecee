import MarkdownIt from 'markdown-it'

/* What a member writes can format text and nothing else: no HTML, no pictures from elsewhere, links only to the web and to mail. */
const safeLink = /^(?:https?:\/\/|mailto:)/i

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false }).disable(['image'])
markdown.validateLink = (address) => safeLink.test(address.trim())

const openLink = markdown.renderer.rules.link_open
markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
  tokens[index]?.attrSet('rel', 'noopener nofollow')
  return openLink ? openLink(tokens, index, options, env, self) : self.renderToken(tokens, index, options)
}

// Whoever is named is shown by name; the id behind it says to the server whom to tell.
const mention = /^@\[([^\]\n]{1,100})\]\((?:member|party):[0-9a-f-]{36}\)/
markdown.inline.ruler.before('link', 'mention', (state, silent) => {
  const match = mention.exec(state.src.slice(state.pos))
  if (!match) return false
  if (!silent) state.push('mention', '', 0).content = `@${match[1]}`
  state.pos += match[0].length
  return true
})
markdown.renderer.rules['mention'] = (tokens, index) =>
  `<strong>${markdown.utils.escapeHtml(tokens[index]?.content ?? '')}</strong>`

// A page has headings of its own: what a member calls a heading stands below them and never breaks their order.
for (const rule of ['heading_open', 'heading_close'] as const) {
  markdown.renderer.rules[rule] = (tokens, index) => (tokens[index]?.nesting === 1 ? '<p class="heading">' : '</p>\n')
}

export const renderMarkdown = (source: string) => markdown.render(source)

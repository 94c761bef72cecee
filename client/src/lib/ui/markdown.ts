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

// A page has headings of its own: what a member calls a heading stands below them and never breaks their order.
for (const rule of ['heading_open', 'heading_close'] as const) {
  markdown.renderer.rules[rule] = (tokens, index) => (tokens[index]?.nesting === 1 ? '<p class="heading">' : '</p>\n')
}

export const renderMarkdown = (source: string) => markdown.render(source)

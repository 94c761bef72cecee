import { expect, test } from 'vitest'
import { renderMarkdown } from '../../client/src/lib/ui/markdown.ts'
import { mentionsIn } from '../../server/src/comments/mentions.ts'

// A mention stands in a text as it is stored, with Markdown around it. Who is told and what is shown are the same, text by text.

const TUVA = '0f0e1d2c-3b4a-4596-8778-695a4b3c2d1e'
const PARTY = '9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d'
const tuva = `@[Tuva Torsbylund](member:${TUVA})`
const party = `@[Region Värmland](party:${PARTY})`

const mentions: Readonly<Record<string, string>> = {
  alone: tuva,
  'in a sentence': `Vad säger ${tuva}?`,
  'in a word’s place after a letter': `hej${tuva}`,
  'in bold': `**${tuva}**, kan du?`,
  'bold around more': `**Fråga ${tuva} och _${party}_ i dag**`,
  'in a list': `- ett\n- ${tuva}\n  1. ${party}`,
  'in a heading': `## ${tuva}`,
  'in a quote': `> ${tuva} sa så`,
  'in a table of its own making': `| ${tuva} |`,
  'after a link': `[Avtalet](https://hem.example/avtal) ${tuva}`,
  'two side by side': `${tuva}${party}`,
  'with an address after it': `${tuva} (https://hem.example)`,
  'after code': `Kör \`samsyn\` med ${tuva}`,
  'after a fence': `~~~\nkod\n~~~\n${tuva}`,
  'after a lone backtick': `5\` och ${tuva}`,
  'after backticks in two paragraphs': `ett \` tecken\n\n${tuva} ett \` till`,
  'after a backslash before a backslash': `\\\\${tuva}`,
  'with marks in the name': `@[Maj *"Maja" & <Munk>*](member:${TUVA})`,
}
const others: Readonly<Record<string, string>> = {
  'in code': `\`${tuva}\``,
  'in longer code': `\`\` a \` ${tuva} \`\``,
  'in a fence': `\`\`\`\n${tuva}\n\`\`\``,
  'in a fence that never ends': `\`\`\`text\n${tuva}`,
  'behind a backslash': `\\${tuva}`,
  'without @': `[Tuva](member:${TUVA})`,
  'without a name': `@[](member:${TUVA})`,
  'with a name of two lines': `@[Tuva\nTorsbylund](member:${TUVA})`,
  'with a name too long': `@[${'x'.repeat(101)}](member:${TUVA})`,
  'of a task': `@[Gå ut](task:${TUVA})`,
  'with half an id': `@[Tuva](member:${TUVA.slice(0, 30)})`,
  'a plain name': '@Tuva',
}

/** No reference stands in these texts. */
const render = (text: string) => renderMarkdown(text, () => ({ text: '', sort: 'hidden' }))
const shown = (text: string) => [...render(text).matchAll(/<strong>@/g)].length
const told = (text: string) => {
  const { members, parties } = mentionsIn([text])
  return members.size + parties.size
}

test('a mention is found whatever Markdown stands around it, and shown as one', () => {
  for (const [name, text] of Object.entries(mentions)) {
    const { members, parties } = mentionsIn([text])
    expect(members.has(TUVA), name).toBe(true)
    expect(parties.has(PARTY), name).toBe(text.includes(PARTY))
    expect(shown(text), name).toBe(told(text))
  }
  expect(render(mentions['with marks in the name'] ?? '')).toContain(
    '<strong>@Maj *&quot;Maja&quot; &amp; &lt;Munk&gt;*</strong>',
  )
})

test('what is none tells nobody, and is shown as none', () => {
  for (const [name, text] of Object.entries(others)) expect([name, told(text), shown(text)]).toEqual([name, 0, 0])
})

test('the longest texts are read in no time, also those made to take long', () => {
  const texts = ['`a'.repeat(10_000), '`'.repeat(20_000), '``` \n'.repeat(4_000), '@[a'.repeat(6_000), `${'\\'.repeat(9_999)}\``]
  const from = performance.now()
  for (const text of texts) mentionsIn([text])
  expect(performance.now() - from).toBeLessThan(500)
})

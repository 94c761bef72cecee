import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds, said so that one can mend it. Playwright evaluates past the page's own policy for scripts. Rows far down
 * are laid out first when they come near (`content-visibility: auto`); until then they have no colour of their own that
 * axe could read, so all are laid out before it looks.
 */
export const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  await page.evaluate(() => {
    const all = new CSSStyleSheet()
    all.replaceSync('* { content-visibility: visible !important }')
    document.adoptedStyleSheets.push(all)
  })
  const found = await page.evaluate(() => {
    const { axe } = window as typeof window & { axe: { run: (what: Document, how: object) => Promise<AxeResults> } }
    return axe.run(document, { resultTypes: ['violations'] })
  })
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${help}, ${target.join(' ')} ${any[0]?.message ?? ''}`),
  )
}

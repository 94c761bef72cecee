import type { Page } from 'playwright-core'

/**
 * What does not fit: a page wider than its window, something that scrolls sideways without being meant to, text cut off by
 * itself or by what holds it (unless an ellipsis and a title say the rest), a hint longer than its field.
 */
export const flaws = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>()
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) found.add(`the page is ${root.scrollWidth - root.clientWidth} px too wide`)

    const sideways = 'pre, .markdown table, [data-sideways]'
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${(element.textContent ?? '').trim().slice(0, 50)}”`
    const visible = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
    // Only for ears: cut down to a point on purpose.
    const forEars = (element: Element) =>
      element.closest('.sr-only, .hidden-until-focus') !== null || getComputedStyle(element).clipPath !== 'none'
    const shortened = (element: Element) =>
      getComputedStyle(element).textOverflow === 'ellipsis' && element.closest('[title]') !== null

    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (!visible(element) || forEars(element)) continue
      const { overflowX, display } = getComputedStyle(element)
      const tooWide = display !== 'inline' && element.scrollWidth > element.clientWidth + 1
      if (/auto|scroll/.test(overflowX) && tooWide && !element.matches(sideways)) found.add(`scrolls sideways: ${name(element)}`)
    }

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const holder = text.parentElement
      if (!holder || !text.textContent?.trim() || !visible(holder) || forEars(holder)) continue
      if (holder.closest('script, style, select, textarea, noscript')) continue
      const range = document.createRange()
      range.selectNodeContents(text)
      for (const box of range.getClientRects()) {
        if (box.width === 0) continue
        for (let edge: Element | null = holder; edge; edge = edge.parentElement) {
          if (forEars(edge) || edge.matches(sideways) || shortened(edge)) break
          const { overflowX, overflowY, position } = getComputedStyle(edge)
          const frame = edge.getBoundingClientRect()
          const aside = overflowX !== 'visible' && (box.right > frame.right + 1 || box.left < frame.left - 1)
          const below = overflowY === 'hidden' && (box.bottom > frame.bottom + 2 || box.top < frame.top - 2)
          if (aside || below) found.add(`cut off: ${name(holder)} by ${name(edge)}`)
          if (position === 'fixed') {
            if (box.right > innerWidth + 1 || box.left < -1) found.add(`outside the window: ${name(holder)}`)
            break
          }
        }
      }
    }

    const fields = 'input:not([type=checkbox], [type=radio], [type=hidden], [type=date])'
    for (const field of document.querySelectorAll<HTMLInputElement>(fields)) {
      if (!visible(field) || forEars(field) || field.value) continue
      const canvas = document.createElement('canvas').getContext('2d')
      const { font, paddingLeft, paddingRight } = getComputedStyle(field)
      if (!canvas) continue
      canvas.font = font
      const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
      if (canvas.measureText(field.placeholder).width > room) found.add(`the hint does not fit: “${field.placeholder}”`)
    }
    return [...found]
  })

import type { Page } from 'playwright-core'

/** What does not fit: the page wider than its window, and text cut off without an ellipsis and a title that says the rest. */
export const flaws = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`)

    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${(element.textContent ?? '').trim().slice(0, 50)}”`
    const visible = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
    // Only for ears: cut down to a point on purpose.
    const forEars = (element: Element) => element.closest('.sr-only, .hidden-until-focus') !== null || element.clientWidth <= 1

    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (!visible(element) || forEars(element)) continue
      const style = getComputedStyle(element)
      if (/auto|scroll/.test(style.overflowX) || style.display === 'inline' || style.clipPath !== 'none') continue
      const holdsText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
      const cutAside = element.scrollWidth > element.clientWidth + 1
      const cutBelow = style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2
      const excused = style.textOverflow === 'ellipsis' && element.closest('[title]') !== null
      if (holdsText && (cutAside || cutBelow) && !excused) found.push(`cut off: ${name(element)}`)
    }
    for (const field of document.querySelectorAll<HTMLInputElement>('input:not([type=checkbox], [type=radio], [type=hidden])')) {
      if (!visible(field) || forEars(field) || field.readOnly || field.value) continue
      const canvas = document.createElement('canvas').getContext('2d')
      const { font, paddingLeft, paddingRight } = getComputedStyle(field)
      if (!canvas) continue
      canvas.font = font
      const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
      if (canvas.measureText(field.placeholder).width > room) found.push(`the hint does not fit: “${field.placeholder}”`)
    }
    return found
  })

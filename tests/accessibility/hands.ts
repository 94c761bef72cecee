import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { eventually } from '../world/eventually.ts'

/** Somebody without a mouse: only keys, and wherever focus goes it can be seen. */
export class Hands {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** A key, as the keyboard names it. */
  async press(key: string): Promise<void> {
    await this.#page.keyboard.press(key)
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text)
  }

  /** Tab, until that is reached; what is passed on the way shows that it has the focus. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.waitFor({ state: 'attached' })
    const passed: string[] = []
    for (let stops = 0; stops < 200; stops++) {
      await this.press(key)
      const at = await this.#focus()
      passed.push(at.name)
      if (!at.ring) throw new Error(`nothing shows that this has the focus: ${at.name}`)
      if (await this.has(target)) return
    }
    throw new Error(`not reached by ${key}: ${String(target)}, passed ${[...new Set(passed)].join(' | ')}`)
  }

  /** Goes there and presses. */
  async use(target: Locator, key = 'Enter', way: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.tabTo(target, way)
    await this.press(key)
  }

  async has(target: Locator): Promise<boolean> {
    return (await target.count()) > 0 && (await target.first().evaluate((element) => element === document.activeElement))
  }

  /** Focus is there, or comes there by itself. */
  async findsFocusAt(target: Locator): Promise<void> {
    await eventually('focus there', () => this.has(target)).catch(async () => {
      throw new Error(`focus is not at ${String(target)} but at ${(await this.#focus()).name}`)
    })
  }

  /** Something inside has the focus. */
  async findsFocusIn(target: Locator): Promise<void> {
    await eventually('focus in there', async () => {
      return (await target.count()) > 0 && target.first().evaluate((element) => element.contains(document.activeElement))
    }).catch(async () => {
      throw new Error(`focus is not in ${String(target)} but at ${(await this.#focus()).name}`)
    })
  }

  /** What a screen reader is told, politely or at once. */
  async hears(words: string | RegExp): Promise<void> {
    const region = this.#page.locator('[aria-live], [role=status], [role=alert]').filter({ hasText: words })
    await region.first().waitFor({ state: 'attached' })
    expect(await region.count()).toBeGreaterThan(0)
  }

  /** Where focus is, and whether it can be seen: an outline of its own, or of what stands for it. */
  async #focus(): Promise<{ name: string; ring: boolean }> {
    return this.#page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return { name: 'the page', ring: true }
      const shows = ({ outlineStyle, outlineWidth }: CSSStyleDeclaration) =>
        outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      const standing = [element, element.parentElement, element.nextElementSibling, element.closest('label')]
      // Inside a date field its parts wear rings of the browser's own.
      const ring =
        element.matches('[type=date]') ||
        standing.some((each) => each !== null && shows(getComputedStyle(each))) ||
        shows(getComputedStyle(element, '::after'))
      const label = element.getAttribute('aria-label') ?? element.getAttribute('title') ?? element.textContent ?? ''
      return { name: `${element.tagName.toLowerCase()} “${label.trim().slice(0, 60)}”`, ring }
    })
  }
}

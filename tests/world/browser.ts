import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium as driver, type Page } from 'playwright-core'
import type { Visitor } from './visitor.ts'

// A real browser from npm, or the system's own where CHROMIUM_PATH names one. One per test file: starting takes a second
// or two, a context of its own (cookies, storage) takes nothing.

export interface TestBrowser {
  /** Fresh windows, without a cookie. */
  readonly open: (options?: BrowserContextOptions) => Promise<BrowserContext>
  /** A page of somebody who is signed in already. Nothing is loaded yet; addresses may be relative. */
  readonly as: (who: Visitor, options?: BrowserContextOptions) => Promise<Page>
  readonly close: () => Promise<void>
}

export const openBrowser = async (): Promise<TestBrowser> => {
  const system = process.env['CHROMIUM_PATH']
  // In one process, two windows' requests share cookies: it would look exactly like a leak between parties.
  const args = chromium.args.filter((argument) => argument !== '--single-process')
  const browser: Browser = await driver.launch({
    executablePath: system ?? (await chromium.executablePath()),
    args: system ? ['--no-sandbox'] : args,
    headless: true,
  })
  const open = (options: BrowserContextOptions = {}) =>
    browser.newContext({ locale: 'sv-SE', timezoneId: 'Europe/Stockholm', ...options })
  return {
    open,
    as: async (who, options = {}) => {
      const context = await open({ baseURL: who.origin, ...options })
      const [name, value] = who.cookie?.split('=') ?? []
      if (name && value) await context.addCookies([{ name, value, url: who.origin, httpOnly: true, sameSite: 'Lax' }])
      return context.newPage()
    },
    close: () => browser.close(),
  }
}

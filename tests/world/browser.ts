import { mkdir } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
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

/**
 * Where the browser from npm is, unpacked. The package unpacks into the folder for temporary files, under one name for
 * everybody: what another user has left there is not ours to run.
 */
const unpacked = async (): Promise<string> => {
  const common = process.env['TMPDIR']
  const own = join(tmpdir(), `samsyn-browser-${userInfo().uid}`)
  await mkdir(own, { recursive: true, mode: 0o700 })
  process.env['TMPDIR'] = own
  try {
    return await chromium.executablePath()
  } finally {
    if (common === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = common
  }
}

export const openBrowser = async (): Promise<TestBrowser> => {
  const system = process.env['CHROMIUM_PATH']
  // Not the arguments that the package suggests: in one process, two windows' requests share cookies, which would look exactly like
  // a leak between parties; without web security no policy of ours is tried; and the imitation of a graphics card stops for a
  // second whenever it sees something new, where the processor draws at once.
  const args = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none']
  const browser: Browser = await driver.launch({
    executablePath: system ?? (await unpacked()),
    args,
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

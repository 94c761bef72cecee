import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { openBrowser } from '../world/browser.ts'

// Draws the icons of the installed application from `client/static/icon.svg`, the one place where it is drawn by hand: `pnpm icons`.

const folder = resolve(import.meta.dirname, '../../client/static')
const drawn = await readFile(resolve(folder, 'icon.svg'), 'utf8')

/** To its edges and with room around, for systems that cut a shape of their own out of it. */
const whole = drawn.replace(/ rx="\d+"/, '')
const maskable = whole.replace(/scale\([^)]*\)/, 'scale(.62)')
/** What is seen of it in one colour, among other signs on top of a screen. */
const badge = drawn
  .replace(/ {2}<rect .*\n/, '')
  .replaceAll(/#[0-9a-f]{6}/g, '#ffffff')
  .replace(/scale\([^)]*\)/, 'scale(1)')

const icons = [
  ['icon-192.png', drawn, 192],
  ['icon-512.png', drawn, 512],
  ['icon-maskable-512.png', maskable, 512],
  ['apple-touch-icon.png', whole, 180],
  ['badge-96.png', badge, 96],
] as const

const browser = await openBrowser()
for (const [name, svg, size] of icons) {
  const context = await browser.open({ viewport: { width: size, height: size } })
  const page = await context.newPage()
  await page.setContent(`<style>*{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`)
  await writeFile(resolve(folder, name), await page.screenshot({ omitBackground: true }))
  await context.close()
}
await browser.close()

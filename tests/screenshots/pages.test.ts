import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { corners } from '../accessibility/corners.ts'
import { places, unmeant } from '../accessibility/places.ts'
import { openStage, type Look, type Stage } from '../accessibility/stage.ts'
import { flaws } from './flaws.ts'

// Every page × theme × width: nothing is too wide, nothing is cut off, the browser has nothing to complain about. With
// SCREENSHOTS, which `pnpm screenshots` sets, each is also kept as a picture for people to look at.

const folder = process.env['SCREENSHOTS']
const all = folder !== undefined || process.env['PROVE'] !== undefined

const looks: readonly Look[] = (['light', 'dark'] as const)
  .flatMap((theme) => [390, 768, 1280].map((width): Look => ({ lang: 'sv', theme, width })))
  // The other widths are seen in ../accessibility in any case.
  .filter(({ theme, width }) => all || (theme === 'light' && width === 768))

const seen = [...places, ...corners].filter(({ variant }, index) => all || (!variant && index % 6 === 0))

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  if (folder) await mkdir(folder, { recursive: true })
})
afterAll(() => stage.close())

describe.each(looks)('$width px, $theme', (look) => {
  test.each(seen)('$name', async (place) => {
    const window = await stage.open(look, place.who?.(stage))
    try {
      await place.open(window, stage)
      const found = [...(await flaws(window.page)), ...unmeant(place, window.noise())]
      if (folder) {
        const path = join(folder, `${place.name}-${look.width}-${look.theme}.png`)
        await window.page.screenshot({ path, animations: 'disabled', caret: 'hide', scale: 'css' })
      }
      expect(found).toEqual([])
    } finally {
      await window.close()
    }
  })
})

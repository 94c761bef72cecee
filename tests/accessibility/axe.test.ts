import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flaws } from '../screenshots/flaws.ts'
import { corners } from './corners.ts'
import { places, unmeant } from './places.ts'
import { openStage, type Look, type Stage } from './stage.ts'
import { violations } from './violations.ts'

// axe finds nothing on any page, with whatever may be open on it, in either theme and language, on a phone and on a desk.
// Sampled: each in one of three looks, in turn; with PROVE all in all.

const all = process.env['PROVE'] !== undefined
const looks: readonly Look[] = all
  ? (['sv', 'en'] as const).flatMap((lang) =>
      (['light', 'dark'] as const).flatMap((theme) => [390, 1280].map((width): Look => ({ lang, theme, width }))),
    )
  : [
      { lang: 'sv', theme: 'light', width: 1280 },
      { lang: 'en', theme: 'dark', width: 390 },
      { lang: 'sv', theme: 'dark', width: 1280 },
    ]

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

describe.each(looks)('$lang, $theme, $width px', (look) => {
  const seen = [...places, ...corners].filter((_, index) => all || index % looks.length === looks.indexOf(look))
  test.concurrent.each(seen)('$name', async (place) => {
    const window = await stage.open(look, place.who?.(stage))
    try {
      await place.open(window, stage)
      const found = [...(await violations(window.page)), ...(await flaws(window.page)), ...unmeant(place, window.noise())]
      expect(found).toEqual([])
    } finally {
      await window.close()
    }
  })
})

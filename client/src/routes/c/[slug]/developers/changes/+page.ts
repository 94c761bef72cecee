import type { PageLoad } from './$types'

/** Comes with the page that shows it: no other waits for it. */
export const load: PageLoad = async () => ({
  changes: (await import('../../../../../../../schema/CHANGELOG.md?raw')).default.replace(/^# .*\n/, ''),
})

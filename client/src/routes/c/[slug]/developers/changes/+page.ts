import type { PageLoad } from './$types'

/** Comes with the page that shows it: no other waits for it. */
export const load: PageLoad = async () => {
  const { default: log } = await import('../../../../../../../schema/CHANGELOG.md?raw')
  // Broken into lines for those who read the file; the page breaks them where it ends.
  return { changes: log.replace(/^# .*\n/, '').replaceAll(/(?<!\n)\n(?!\n)/g, ' ') }
}

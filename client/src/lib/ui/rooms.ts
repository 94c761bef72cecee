import type { Hub } from '#lib/graph/hub.svelte.ts'
import type { Dictionary } from '#lib/language/language.ts'
import type { IconName } from './icons.ts'

export interface Room {
  readonly href: string
  readonly name: string
  readonly icon: IconName
  /** How many things there wait to be read. */
  readonly unread?: number
}

/** Where one may go in a collaboration, in the order in which it is shown. Guests do not read the agreement. */
export const roomsOf = ({ collaboration, viewer, unread }: Hub, { ui }: Dictionary): readonly Room[] => {
  const here = `/c/${collaboration.slug}`
  const room = (path: string, name: string, icon: IconName): Room => ({ href: `${here}/${path}`, name, icon })
  return [
    { href: here, name: ui.nav.overview, icon: 'home' },
    room('tasks', ui.nav.tasks, 'board'),
    ...(viewer.party.role === 'GUEST' ? [] : [room('agreement', ui.nav.agreement, 'agreement')]),
    room('members', ui.nav.members, 'person'),
    { ...room('inbox', ui.nav.inbox, 'inbox'), unread },
  ]
}

import type { Like } from '../like.ts'
import type { calendar as swedish } from '../sv/calendar.ts'

export const calendar: Like<typeof swedish> = {
  intro:
    'See in your own calendar when tasks are to be done, on your phone or computer. The calendar fetches them by itself from a secret link, about once an hour.',
  links: 'Calendar links',
  about: (party) => `Everybody in ${party} sees which links you have, but the address is shown only to whoever makes it.`,
  none: 'You have no calendar link yet.',
  make: 'Make a calendar link',
  name: 'Name',
  nameHint: 'Which calendar the link is for, for example the phone.',
  what: 'What is to be shown?',
  mine: 'My tasks',
  mineMeans: 'What you do. The link stops working when you are no longer here.',
  ours: (party) => `What ${party} answers for`,
  oursMeans: 'Holds until you revoke it, also when you leave.',
  of: (name) => `Shows what ${name} does`,
  ready: 'The link is ready',
  once: 'The link is shown only now. Whoever has it sees what the tasks are called and when they are to be done, without signing in.',
  secret: 'Calendar link',
  copy: 'Copy the link',
  copied: 'Copied.',
  how: 'How to add it',
  steps:
    'Outlook: Add calendar, Subscribe from web. Google: Other calendars, From URL. iPhone: Settings, Calendar, Accounts, Add Account, Other, Add Subscribed Calendar. Paste the link there.',
  leaves: 'What is approved or put away leaves the calendar, and so does what you may no longer read.',
  revoke: 'Revoke',
  revokeWhich: (name) => `Revoke ${name}`,
  revokeMeans: (name) =>
    `The calendar that uses ${name} fetches nothing more. What it has fetched may stay there until it notices. This cannot be undone, but you can make a new link.`,
  wasRevoked: (name) => `${name} is revoked.`,
  madeBy: (who, when) => `Made ${when} by ${who}`,
  somebody: 'somebody',
  holds: 'Holds until further notice',
  revoked: (when) => `Revoked ${when}`,
  over: (name) => `No longer holds: ${name} is not here any more`,
  used: (when) => `Last fetched ${when}`,
  unused: 'Never fetched',
}

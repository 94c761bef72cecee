import type { status as swedish } from '../sv/status.ts'
import type { Like } from '../like.ts'

export const status: Like<typeof swedish> = {
  intro: 'How Samsyn fares right now. The page asks every ten seconds.',
  works: 'Everything works',
  late: 'Something is late',
  lateText: 'Nothing is lost: what waits is done as soon as it can be. If it goes on, those who run the hub should know.',
  unknown: 'Samsyn does not answer right now',
  unknownText: 'What stands here is what was known last.',
  onlyAdmins: 'For administrators only',
  onlyAdminsText:
    'Whoever is an administrator of your party sees how Samsyn fares. If something stops working for you, turn to them.',
  parts: 'Part by part',
  part: {
    INBOX: 'Inboxes',
    MAIL: 'E-mail',
    PUSH: 'Notifications in the browser',
    WEBHOOKS: 'Webhooks',
  },
  does: {
    INBOX: 'Makes notifications of what happens.',
    MAIL: 'Sends them to those who want them so.',
    PUSH: 'Shows them in browsers that somebody has named.',
    WEBHOOKS: 'Sends what happens to your other systems.',
  },
  state: { WORKS: 'Works', LATE: 'Late', OFF: 'Not in use' },
  waited: (seconds) =>
    seconds < 120 ? `The oldest has waited ${seconds} seconds.` : `The oldest has waited ${Math.floor(seconds / 60)} minutes.`,
  version: 'Version',
  started: 'Started',
}

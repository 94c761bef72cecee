import type { Like } from '../like.ts'
import type { keys as swedish } from '../sv/keys.ts'

export const keys: Like<typeof swedish> = {
  heading: 'For developers',
  intro: (party) =>
    `One of your own systems can follow along in Samsyn: it sees what ${party} sees, at the same moment, and changes nothing.`,
  keys: 'API keys',
  keysAbout: 'A program signs in with a key. One of your administrators makes it and can revoke it at any time.',
  none: 'You have no key yet.',
  askAdmin: 'Ask one of your administrators for a key.',
  make: 'Make a key',
  name: 'Name',
  nameHint: 'Which program the key is for, for example the registry or the statistics.',
  days: 'Valid for',
  daysOf: (days) => (days === 365 ? 'a year' : `${days} days`),
  once: 'The key is shown only now. Keep it as you would a password: whoever has it reads all that your party reads.',
  ready: 'The key is ready',
  secret: 'Key',
  copy: 'Copy the key',
  copied: 'Copied.',
  revoke: 'Revoke',
  revokeWhich: (name) => `Revoke ${name}`,
  revokeMeans: (name) => `The program that uses ${name} is shut out at once. This cannot be undone, but you can make a new key.`,
  wasRevoked: (name) => `${name} is revoked.`,
  madeBy: (who, when) => `Made ${when} by ${who}`,
  operator: 'the operator',
  expires: (day) => `Valid until ${day}`,
  expired: (day) => `Expired ${day}`,
  revoked: (day) => `Revoked ${day}`,
  used: (when) => `Last used ${when}`,
  unused: 'Never used',
  how: 'How to follow along',
  steps:
    'First ask for the place in your stream, cursor, and then again and again for what has happened since. Each answer gives the next place. Save it once you have dealt with the answer: then nothing is missed. Cut off in between, your program gets the same answer again; each change has an id to know it by.',
  where: 'Address',
  curl: 'With curl',
  python: 'With Python, nothing to install',
  tables: 'Tables and calendars',
  tablesAbout:
    'With the same key every list is fetched as CSV: tasks, members, clauses, answers and activity, with the variables that the query has in GraphQL. Calendars subscribe to a link that is made under Calendar.',
  csv: 'A list as CSV',
  live: 'To have it at the same moment, subscribe to changes over WebSocket (graphql-transport-ws) and send the key as key in connection_init. If the server answers Resync, the place no longer holds: read everything anew and go on from the place in the answer.',
}

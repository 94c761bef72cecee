import type { Like } from '../like.ts'
import type { keys as swedish } from '../sv/keys.ts'

export const keys: Like<typeof swedish> = {
  intro: (party) =>
    `One of your own systems can follow along in Samsyn: it sees what ${party} sees, or parts of it, at the same moment, and changes nothing.`,
  keys: 'API keys',
  keysAbout: 'A program signs in with a key. One of your administrators makes it, and can replace or revoke it at any time.',
  none: 'You have no key yet.',
  askAdmin: 'Ask one of your administrators for a key.',
  make: 'Make a key',
  name: 'Name',
  nameHint: 'Which program the key is for, for example the registry or the statistics.',
  days: 'Valid for',
  daysOf: (days) => (days === 365 ? 'a year' : `${days} days`),
  slices: 'What the program may read',
  slicesAbout: 'Of what your party reads. Parties and members it always reads. What the key is for cannot be changed later.',
  sliceNames: { TASKS: 'Tasks', COMMENTS: 'Comments', AGREEMENT: 'The agreement with proposals', FILES: 'Files' },
  reads: (what) => `Reads ${what}`,
  readsNone: 'Reads parties and members only',
  readsAll: 'Reads all that your party reads',
  once: 'The key is shown only now. Keep it as you would a password: whoever has it reads what it is for.',
  ready: 'The key is ready',
  secret: 'Key',
  copy: 'Copy the key',
  copied: 'Copied.',
  rotate: 'Replace key',
  rotateWhich: (name) => `Replace the key for ${name}`,
  rotateMeans:
    'A new key is shown once. The name, your webhooks and the history stay. Give the program the new one before the old one stops working.',
  overlap: 'The old one works',
  overlapOf: (hours) =>
    hours === 0
      ? 'not at all from now'
      : hours === 1
        ? 'for another hour'
        : hours === 24
          ? 'for another day'
          : `for another ${hours / 24} days`,
  renewal: 'The new one is valid for',
  unchanged: (day) => `as long as before, until ${day}`,
  rotated: 'The new key is ready',
  sealed: (when) => `Replaced ${when}`,
  former: (when) => `The former key works until ${when}.`,
  formerUsed: (when) => `It was last used ${when}: some program has not been given the new one yet.`,
  moved: 'It has not been used since the change, and the new one has.',
  idle: 'Neither has been used since the change.',
  endFormer: 'End the former now',
  endFormerWhich: (name) => `End the former key for ${name}`,
  endFormerMeans:
    'Programs that still use the former key are shut out at once. This cannot be undone. The new one is not affected.',
  formerEnded: (name) => `The former key for ${name} has ended.`,
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
  webhooks: 'Webhooks',
  explore: 'Try questions',
  exploreAbout:
    'GraphiQL asks as yourself, completes as you write and has all of the documentation. What you change there is changed.',
  toExplore: 'Open GraphiQL',
  schemaChanges: 'Changes to the schema',
  webhooksAbout: 'Samsyn can also send what happens to your system by itself, signed, and try again when the system is down.',
  toWebhooks: 'Webhooks of your party',
  tables: 'Tables and calendars',
  tablesAbout:
    'With the same key every list is fetched as CSV: tasks, members, clauses, answers and activity, with the variables that the query has in GraphQL. Calendars subscribe to a link that is made under Calendar.',
  csv: 'A list as CSV',
  limits: 'Limits',
  limitsAbout:
    'They hold alike over HTTP and WebSocket. The price is reckoned before a query is executed: 100 for each query, another 100 for each act, and 1 for each thing that the answer may at most hold. So ask for pages as large as you need, and no larger.',
  bounds: {
    cost: 'Highest price of a query',
    costPerMinute: 'Price per minute for a key, or a person',
    perPage: 'Items on a page',
    depth: 'Fields within fields',
    aliases: 'Aliases in a query',
    messageBytes: 'Size of a query in bytes',
    sockets: 'Open WebSocket connections',
    subscriptions: 'Subscriptions',
  },
  limitsTold:
    'What is left of the minute stands in RateLimit in the head of the answer. When it is spent the server answers 429 and RATE_LIMITED: wait as long as Retry-After says, and ask again. Over WebSocket the same error comes for that query alone, and the connection goes on. What a query costs comes with the answer like this:',
  priced: 'A query with its price',
  live: 'To have it at the same moment, subscribe to changes over WebSocket (graphql-transport-ws) and send the key as key in connection_init. If the server answers Resync, the place no longer holds: read everything anew and go on from the place in the answer.',
}

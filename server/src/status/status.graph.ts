import { administers } from '../access/may.ts'
import { builder } from '../graph/builder.ts'
import { type Part, readStatus, type Status } from './status.ts'

const PartName = builder.enumType('HubPartName', {
  description:
    'What the hub does beside answering. INBOX: makes notifications of what happens. MAIL, PUSH: send them. WEBHOOKS: tell other systems.',
  values: ['INBOX', 'MAIL', 'PUSH', 'WEBHOOKS'] as const,
})

const PartState = builder.enumType('HubPartState', {
  description: 'WORKS: does what it should. LATE: something has waited for more than a minute. OFF: not set up.',
  values: ['WORKS', 'LATE', 'OFF'] as const,
})

const PartRef = builder.objectRef<Part>('HubPart').implement({
  description: 'How one part of the hub fares.',
  fields: (t) => ({
    name: t.field({
      type: PartName,
      description: 'Which of the things that the hub does by itself.',
      resolve: ({ name }) => name,
    }),
    state: t.field({ type: PartState, description: 'Whether it does them in time.', resolve: ({ state }) => state }),
    waited: t.exposeInt('waited', {
      description:
        'For how many seconds the oldest of what it should have done has waited; of a letter that did not go, since it was last tried.',
    }),
  }),
})

const StatusRef = builder.objectRef<Status>('HubStatus').implement({
  description: 'How the hub fares: the same for everybody on it, and nothing of who does what.',
  fields: (t) => ({
    version: t.exposeString('version', { description: 'The release that runs.' }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'When the server that answers was started.',
      resolve: (status) => status.startedAt,
    }),
    parts: t.field({
      type: [PartRef],
      extensions: { size: 4 },
      description: 'Part by part.',
      resolve: ({ parts }) => [...parts],
    }),
  }),
})

builder.queryField('hubStatus', (t) =>
  t.field({
    type: StatusRef,
    nullable: true,
    description: 'How the hub fares, for those who look after their party. Null for everybody else.',
    authScopes: { seated: true },
    resolve: (_root, _args, { viewer, database, config }) =>
      viewer && administers(viewer) ? readStatus(database, config) : null,
  }),
)

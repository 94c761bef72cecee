import type { Config } from '../config/config.ts'
import { builder, MOST_PER_PAGE } from '../graph/builder.ts'
import { MOST_MESSAGE } from './limits.ts'

const Limits = builder.objectRef<Config>('Limits').implement({
  description:
    'What one may ask of this server, through either door. What is over is refused before anything is executed, with what was asked for and what may be in `extensions` of the error.',
  extensions: { cost: 0 },
  fields: (t) => ({
    cost: t.int({
      description:
        'What one operation may cost, reckoned before it is executed: 100, another 100 for each act, and 1 for each object that its lists at most hold. `extensions: { cost: true }` beside the query asks for the figure with the answer.',
      resolve: ({ operations }) => operations.cost,
    }),
    costPerMinute: t.int({
      description:
        'What one person, or one key, may spend in a minute. Told over HTTP as `RateLimit`; beyond it is 429 with `Retry-After`, and `RATE_LIMITED` with `retryAfter` in milliseconds at both doors.',
      resolve: ({ operations }) => operations.costPerMinute,
    }),
    depth: t.int({ description: 'Fields within fields.', resolve: ({ operations }) => operations.depth }),
    aliases: t.int({
      description: 'Aliases in a document, each fragment counted wherever it is named.',
      resolve: ({ operations }) => operations.aliases,
    }),
    directives: t.int({
      description: 'Directives, counted in the same way.',
      resolve: ({ operations }) => operations.directives,
    }),
    tokens: t.int({ description: 'Words and signs of a document.', resolve: ({ operations }) => operations.tokens }),
    perPage: t.int({ description: 'Items on a page: whoever asks for more is given so many.', resolve: () => MOST_PER_PAGE }),
    messageBytes: t.int({
      description: "Bytes of a request's body, and of a message over a socket.",
      resolve: () => MOST_MESSAGE,
    }),
    sockets: t.int({
      description: 'Sockets that one person, or one key, has open.',
      resolve: ({ limits }) => limits.socketsPerPerson,
    }),
    subscriptions: t.int({
      description: 'Subscriptions of one person, or one key, over all of these and over HTTP.',
      resolve: ({ limits }) => limits.followedPerPerson,
    }),
  }),
})

builder.queryField('limits', (t) =>
  t.field({
    type: Limits,
    description: 'The bounds of this server, which are the same for everybody.',
    authScopes: { seated: true },
    resolve: (_root, _args, { config }) => config,
  }),
)

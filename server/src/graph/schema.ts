import type { GraphQLSchema } from 'graphql'
import '../agreements/agreements.graph.ts'
import '../agreements/proposals.mutations.ts'
import '../agreements/versions.graph.ts'
import '../agreements/versions.mutations.ts'
import '../calendar/calendar.graph.ts'
import '../chain/heads.graph.ts'
import '../comments/comments.graph.ts'
import '../comments/wordings.graph.ts'
import './failures.graph.ts'
import '../files/files.graph.ts'
import '../identity/identity.graph.ts'
import '../journal/journal.graph.ts'
import '../keys/keys.graph.ts'
import '../keys/keys.mutations.ts'
import '../limits/limits.graph.ts'
import '../members/members.graph.ts'
import '../notifications/notifications.graph.ts'
import '../notifications/notifications.mutations.ts'
import '../notifications/push/browsers.graph.ts'
import '../notifications/settings.graph.ts'
import '../notifications/settings.mutations.ts'
import '../parties/parties.graph.ts'
import '../search/search.graph.ts'
import './scalars.ts'
import '../status/status.graph.ts'
import '../tasks/tasks.graph.ts'
import '../tasks/tasks.mutations.ts'
import '../visits/visits.graph.ts'
import '../webhooks/webhooks.graph.ts'
import '../webhooks/webhooks.mutations.ts'
import { builder } from './builder.ts'
import { NotAllowed } from './failures.ts'

/**
 * Guards: a program with a key acts on nothing, whatever mutation is added tomorrow; and what is not listed here is not served.
 */

builder.queryType({ description: 'Reading. All fields of one query see one snapshot.' })
builder.mutationType({
  description: 'Acting. Each field is one unit of work, committed before its answer is read.',
  // For every field, also one added tomorrow: a program has no seat to act from, whatever it asks for and however.
  authScopes: (_root, { program }) => {
    if (program) throw new NotAllowed('READ_ONLY_KEY')
    return true
  },
})
builder.subscriptionType({ description: 'Following what happens.' })

/** The schema, put together from the slices: one line each above. */
export const createSchema = (): GraphQLSchema => builder.toSchema()

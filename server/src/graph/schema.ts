import type { GraphQLSchema } from 'graphql'
import '../comments/comments.graph.ts'
import './failures.graph.ts'
import '../identity/identity.graph.ts'
import '../journal/journal.graph.ts'
import '../members/members.graph.ts'
import '../notifications/notifications.graph.ts'
import '../notifications/notifications.mutations.ts'
import '../parties/parties.graph.ts'
import './scalars.ts'
import '../tasks/tasks.graph.ts'
import '../tasks/tasks.mutations.ts'
import { builder } from './builder.ts'

builder.queryType({ description: 'Reading. All fields of one query see one snapshot.' })
builder.mutationType({ description: 'Acting. Each field is one unit of work, committed before its answer is read.' })
builder.subscriptionType({ description: 'Following what happens.' })

/** The schema, put together from the slices: one line each above. */
export const createSchema = (): GraphQLSchema => builder.toSchema()

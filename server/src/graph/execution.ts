import {
  type DocumentNode,
  execute as graphqlExecute,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  createSourceEventStream,
  print,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Actor } from '../access/viewer.ts'
import type { Transaction } from '../data/database.ts'
import { TryAgain } from '../data/failures.ts'
import { isEmpty, type Position, Source } from '../journal/follow.ts'
import { traced } from '../traces/traces.ts'
import type { Context } from './context.ts'
import { Conflict } from './failures.ts'
import { createLoaders } from './loaders.ts'
import { lasting } from './lasting.ts'
import { isPersonal } from './personal.ts'
import { Reading } from './reading.ts'

/**
 * Guards: one execution, one snapshot, one fresh context, through either door.
 *
 * A query runs in one read transaction. A mutation's acts each commit in a transaction of their own, before their answer
 * is read in a new one. Each event of a subscription is an execution like a query's: over HTTP for the one who asks, after the
 * viewer's access has been looked at again, over a socket for all who ask the same (the hub). The plugin sits where HTTP and
 * WebSocket both pass.
 */
export type BaseContext = Omit<Context, 'transaction' | 'load' | 'act'>

const inTransaction = (base: BaseContext, transaction: Transaction): Context => ({
  ...base,
  transaction,
  load: createLoaders(() => transaction, base.viewer),
  act: () => Promise.reject(new Error('a query does not act')),
})

const query = (args: ExecutionArgs, base: BaseContext): Promise<ExecutionResult> =>
  tracedOperation(args, () =>
    base.database.read(base.viewer, async (transaction) =>
      priced(await graphqlExecute({ ...args, contextValue: inTransaction(base, transaction) }), base),
    ),
  )

/** By its kind and the name that whoever wrote it gave it. */
const tracedOperation = <T>({ document, operationName }: ExecutionArgs, work: () => Promise<T>): Promise<T> => {
  const { operation = 'query', name } = getOperationAST(document, operationName) ?? {}
  return traced(name ? `${operation} ${name.value}` : operation, { 'graphql.operation.type': operation }, work)
}

/** With the price, for a caller who asked for it. */
const priced = (result: ExecutionResult, { price }: BaseContext): ExecutionResult =>
  price ? { ...result, extensions: { ...result.extensions, ...price } } : result

/** What a document of our own is answered, asked by somebody who did not come through a door. A failure is thrown. */
export const answerAs = async (
  schema: GraphQLSchema,
  document: DocumentNode,
  variableValues: Record<string, unknown>,
  base: BaseContext,
): Promise<unknown> => {
  const { data, errors } = await query({ schema, document, variableValues }, base)
  if (errors?.[0]) throw errors[0]
  return data
}

/** What a subscription tells at that place, to somebody who did not come through a door. */
export const tellAs = (
  schema: GraphQLSchema,
  document: DocumentNode,
  rootValue: Position,
  base: BaseContext,
): Promise<ExecutionResult> => query({ schema, document, rootValue }, base)

/** It has been done: `TryAgain` would say that it has not, to somebody who then does it twice. */
const answerLost = (error: unknown): never => {
  if (!(error instanceof TryAgain)) throw error
  const message =
    'It has been done, and its answer could not be read; the same request, with the same idempotency key, may be told it later'
  throw new GraphQLError(message, { extensions: { code: 'ANSWER_LOST', retryAfter: error.retryAfter } })
}

const mutation = async (args: ExecutionArgs, base: BaseContext): Promise<ExecutionResult> => {
  const reading = new Reading(base.database, base.viewer)
  const contextValue: Context = {
    ...base,
    transaction: reading.transaction,
    load: createLoaders(() => reading.transaction, base.viewer),
    act: async (work) => {
      await reading.close()
      try {
        const result = await work()
        await reading.open().catch(answerLost)
        return result
      } catch (error) {
        // A conflict names who was first, and that is read.
        if (error instanceof Conflict) await reading.open()
        throw error
      }
    },
  }
  try {
    return priced(await tracedOperation(args, async () => graphqlExecute({ ...args, contextValue })), base)
  } finally {
    await reading.close()
  }
}

/** Asks with a document of our own; its answer is of the schema's types, errors and all. */
export type Ask = (document: DocumentNode, variables: Readonly<Record<string, unknown>>) => Promise<ExecutionResult>

/**
 * Reading for those doors that give something else than GraphQL (a table, a calendar): the same resolvers and the same policy, as
 * whoever asks. However many questions, it is one snapshot.
 */
export const inSnapshot = <T>(schema: GraphQLSchema, base: BaseContext, work: (ask: Ask) => Promise<T>): Promise<T> =>
  base.database.read(base.viewer, (transaction) =>
    work(async (document, variableValues) =>
      graphqlExecute({ schema, document, variableValues, contextValue: inTransaction(base, transaction) }),
    ),
  )

const RETRY_MS = 1_000

/** The events of a subscription, each executed afresh. Ends when access does. */
async function* events(
  source: AsyncIterable<unknown>,
  args: ExecutionArgs,
  base: BaseContext,
): AsyncGenerator<ExecutionResult, void, void> {
  for await (const rootValue of source) {
    let result: ExecutionResult
    try {
      const viewer = await base.again()
      if (viewer?.partyId !== base.viewer?.partyId) {
        base.end()
        return
      }
      result = await query({ ...args, rootValue }, { ...base, viewer })
    } catch (error) {
      // The database is away or busy: nothing is lost by waiting, the same place is read again.
      if (!(error instanceof TryAgain)) base.onError(error)
      await delay(RETRY_MS)
      continue
    }
    if (result.errors || !isEmpty(result.data)) yield result
    if (result.errors) await delay(RETRY_MS)
  }
}

const subscribe = async (args: ExecutionArgs, base: BaseContext): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> => {
  const contextValue = { ...base, load: undefined, act: undefined, transaction: undefined }
  const source = await createSourceEventStream({ ...args, contextValue })
  if (!(Symbol.asyncIterator in source)) return source
  if (!base.viewer) throw new Error('nobody follows')
  // Nothing is read, nor waited for, before the first is asked for.
  const following = follow(source, args, base)
  const release = base.bounds.follow(base, base.viewer.collaborationId)
  return release instanceof Error ? { errors: [release] } : lasting(following, base.wire, release)
}

/** Over a socket with all who ask the same, over HTTP alone. */
const follow = (source: AsyncIterable<unknown>, args: ExecutionArgs, base: BaseContext): AsyncIterator<ExecutionResult, void> => {
  const { wire, viewer, hub, end } = base
  if (!wire || !viewer || !(source instanceof Source)) return events(source, args, base)
  // As the party and nobody of it, where nothing that is asked for is personal, the caller's own price neither.
  const shared = source.streamId === viewer.partyId && !base.price && !isPersonal(args.schema, args.document)
  const as: BaseContext = shared
    ? { ...base, session: undefined, program: undefined, viewer: { ...viewer, memberId: undefined, roles: [] } }
    : base
  return hub.join({
    wire,
    streamId: source.streamId,
    after: source.after,
    likeness: shared ? likenessOf(args, base, viewer) : randomUUID(),
    held: base,
    end,
    execute: (rootValue) => query({ ...args, rootValue }, as),
  })
}

/**
 * Told with the same words: the same document, with the same variables apart from where one stands, reached by the same address, and
 * reading the same slices.
 * Where one stands is a variable of type Cursor, whatever its name; nothing else takes one.
 */
const likenessOf = (
  { document, operationName, variableValues }: ExecutionArgs,
  { origin }: BaseContext,
  { slices }: Actor,
): string => {
  const declared = getOperationAST(document, operationName)?.variableDefinitions ?? []
  const told = declared.filter(({ type }) => !/^Cursor!?$/.test(print(type))).map(({ variable }) => variable.name.value)
  const said = JSON.stringify([
    origin,
    slices,
    operationName,
    told.map((name) => [name, variableValues?.[name]]),
    print(document),
  ])
  // Each who follows keeps it for as long as it follows: a digest, not the document once more.
  return createHash('sha256').update(said).digest('base64')
}

/** Wraps execution; see above. */
export const useExecution = (): Plugin<BaseContext> => ({
  onExecute: ({ setExecuteFn }) => {
    setExecuteFn((args: ExecutionArgs) => {
      const base = args.contextValue as BaseContext
      const operation = getOperationAST(args.document, args.operationName)
      return operation?.operation === OperationTypeNode.MUTATION ? mutation(args, base) : query(args, base)
    })
  },
  onSubscribe: ({ setSubscribeFn }) => {
    setSubscribeFn((args: ExecutionArgs) => subscribe(args, args.contextValue as BaseContext))
  },
})

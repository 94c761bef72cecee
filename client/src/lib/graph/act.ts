// Guards: each act has one idempotency key, however often it is sent.
//
// An act: one mutation with a key of its own, and what came of it in one small type.
import type { OperationResult, TypedDocumentNode } from '@urql/core'
import type { Graph } from './graph.ts'
import { problemOf, problemOfError, type Failure, type Outcome } from './outcome.ts'

type Answered<Success> = { ok: true; answer: Success } | Extract<Outcome, { ok: false }>

/**
 * Sends the act. The single field of the mutation holds the result union. `base` is what stood in the fields that it changes, for
 * whoever must choose in a conflict.
 */
export const act = async <Input extends object, Answer extends { __typename: string }>(
  graph: Graph,
  document: TypedDocumentNode<Record<string, Answer>, { input: Input & { idempotencyKey?: string | null } }>,
  input: Input,
  base: Readonly<Record<string, unknown>> = {},
): Promise<Answered<Exclude<Answer, Failure>>> => {
  const result: OperationResult<Record<string, Answer>> = await graph.client
    .mutation(document, { input: { ...input, idempotencyKey: crypto.randomUUID() } }, { base })
    .toPromise()
  const answer = result.data && Object.values(result.data).find((value) => value !== null && typeof value === 'object')
  if (!answer || result.error) {
    return { ok: false, problem: result.error ? problemOfError(result.error) : { kind: 'broken', reference: null } }
  }
  return isFailure(answer) ? { ok: false, problem: problemOf(answer) } : { ok: true, answer: answer as Exclude<Answer, Failure> }
}

const failing = new Set(['InvalidInput', 'Conflict', 'NotAllowed', 'NotFound', 'TryAgain'])
const isFailure = <Answer extends { __typename: string }>(answer: Answer): answer is Answer & Failure =>
  failing.has(answer.__typename)

import type { NotificationReason } from '@samsyn/prisma/client'
import { type DocumentNode, parse } from 'graphql'
import type { Viewer } from '../access/viewer.ts'

/** A query like everybody's, as somebody who is not here. */
export type ReadAs = (viewer: Viewer, document: DocumentNode, variables: Record<string, unknown>) => Promise<unknown>

/**
 * Guards: what is sent is asked for by the receiver, as from the inbox's page.
 *
 * A document like everybody's, executed as the receiver when the letter goes: what they may not read is null in it, by the same policy.
 */
export const LETTER = parse(`
  query Letter($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Notification {
        id reason dueOn readAt doneAt snoozedUntil
        task { id title }
        clause { id number heading }
        proposal { id title }
        entry { kind at actor { name } party { name } changes { field to } }
        subject {
          __typename id
          ... on Comment { text withdrawnAt }
          ... on AgreementVersion { number }
          ... on Webhook { name }
        }
      }
    }
  }
`)

export interface LetterData {
  readonly nodes: readonly (Found | null)[]
}

interface Found {
  readonly id: string
  readonly reason: NotificationReason
  readonly dueOn: string | null
  readonly readAt: string | null
  readonly doneAt: string | null
  readonly snoozedUntil: string | null
  readonly task: { readonly id: string; readonly title: string } | null
  readonly clause: { readonly id: string; readonly number: string | null; readonly heading: string } | null
  readonly proposal: { readonly id: string; readonly title: string } | null
  readonly entry: {
    readonly kind: string
    readonly at: string
    readonly actor: { readonly name: string } | null
    readonly party: { readonly name: string } | null
    readonly changes: readonly { readonly field: string; readonly to: readonly string[] | null }[]
  } | null
  readonly subject: {
    readonly __typename: string
    readonly id: string
    readonly text?: string
    readonly withdrawnAt?: string | null
    readonly number?: number
    readonly name?: string
  } | null
}

/** Something that its receiver may read, and has not read yet. */
export type Told = Found & { readonly subject: NonNullable<Found['subject']> }

/** What is still to be told: not what has gone out of reach, been taken back, read or put away meanwhile. */
export const isTold = (found: Found | null): found is Told =>
  found !== null &&
  found.subject !== null &&
  (found.subject.withdrawnAt ?? null) === null &&
  found.readAt === null &&
  found.doneAt === null &&
  found.snoozedUntil === null

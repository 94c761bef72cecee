import { parse } from 'graphql'

/**
 * Guards: the week is read by its receiver, as from the first room.
 *
 * What happened, latest first, executed as the receiver when the letter goes: a subject that they may not read then is null in it.
 */
export const WEEK = parse(`
  query Week($since: DateTime!, $after: String) {
    collaboration {
      activity(since: $since, first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          kind at
          party { id name }
          changes { field to }
          subject {
            __typename id
            ... on Task { title }
            ... on Comment { withdrawnAt }
            ... on Proposal { title }
            ... on AgreementVersion { number }
          }
        }
      }
    }
  }
`)

export interface WeekData {
  readonly collaboration: {
    readonly activity: {
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
      readonly nodes: readonly Happening[]
    }
  }
}

export interface Happening {
  readonly kind: string
  readonly at: string
  readonly party: { readonly id: string; readonly name: string } | null
  readonly changes: readonly { readonly field: string; readonly to: readonly string[] | null }[]
  readonly subject: {
    readonly __typename: string
    readonly id: string
    readonly title?: string
    readonly number?: number
    readonly withdrawnAt?: string | null
  } | null
}

import { graphql, type ResultOf } from '#lib/graph/graphql.ts'

export const SignedHeadsQuery = graphql(`
  query SignedHeads {
    cursor
    collaboration {
      id
      journalMonths
      journalArchivedThrough
      journalArchivedUntil
    }
    signedHeads(first: 100) {
      nodes {
        id
        stream
        epoch
        seq
        hash
        at
        key
        signature
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`)

export type SignedHead = ResultOf<typeof SignedHeadsQuery>['signedHeads']['nodes'][number]

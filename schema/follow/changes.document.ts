import { graphql } from './graphql.ts'

/** What there is to know of a change without knowing what it was done to: enough to log it, or to fetch its subject by its id. */
export const changesDocument = graphql(`
  subscription Follow($after: Cursor, $filter: ChangeFilter) {
    changes(after: $after, filter: $filter) {
      __typename
      ... on ChangeBatch {
        cursor
        changes {
          cursor
          id
          kind
          at
          gone
          superseded
          subjectId
          subjectVersion
          actor {
            id
            name
          }
          party {
            id
            name
          }
          changes {
            field
            from
            to
          }
          subject {
            __typename
            id
          }
        }
      }
      ... on Resync {
        reason
        cursor
      }
    }
  }
`)

// Guards: an act selects all that its failures say, in the same words as every other.
//
// The failing half of every result union. Written once, spread into each mutation.
import { graphql } from './graphql.ts'
import { MemberName } from './subjects.ts'

const InvalidFields = graphql(`
  fragment InvalidFields on InvalidInput {
    issues {
      field
      code
      limit
      detail
    }
  }
`)

const ConflictFields = graphql(
  `
    fragment ConflictFields on Conflict {
      currentVersion
      conflicts {
        field
        current
        at
        actor {
          ...MemberName
        }
      }
    }
  `,
  [MemberName],
)

const NotAllowedFields = graphql(`
  fragment NotAllowedFields on NotAllowed {
    code
  }
`)

const NotFoundFields = graphql(`
  fragment NotFoundFields on NotFound {
    field
  }
`)

const TryAgainFields = graphql(`
  fragment TryAgainFields on TryAgain {
    retryAfter
  }
`)

export const failures = [InvalidFields, ConflictFields, NotAllowedFields, NotFoundFields, TryAgainFields] as const

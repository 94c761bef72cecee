import { graphql } from '#lib/graph/graphql.ts'
import { MemberFields } from '#lib/graph/subjects.ts'

/** Everybody who holds or held a seat; those who hold one now the hub knows already. */
export const AllMembersQuery = graphql(
  `
    query AllMembers {
      cursor
      collaboration {
        id
        members(removed: true, first: 100) {
          totalCount
          nodes {
            ...MemberFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [MemberFields],
)

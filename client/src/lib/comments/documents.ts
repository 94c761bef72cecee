import { graphql } from '#lib/graph/graphql.ts'
import { CommentFields } from '#lib/graph/subjects.ts'

export const MoreComments = graphql(
  `
    query MoreComments($id: ID!, $first: Int!, $after: String!) {
      node(id: $id) {
        __typename
        id
        ... on Task {
          comments(first: $first, after: $after) {
            totalCount
            nodes {
              ...CommentFields
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
        ... on Clause {
          comments(first: $first, after: $after) {
            totalCount
            nodes {
              ...CommentFields
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    }
  `,
  [CommentFields],
)

/** What a comment has said, latest first. */
export const WordingsQuery = graphql(`
  query Wordings($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      id
      ... on Comment {
        wordings(first: 20, after: $after) {
          nodes {
            entryId
            version
            at
            compared {
              kind
              text
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`)

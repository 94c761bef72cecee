import { graphql } from '#lib/graph/graphql.ts'
import type { ResultOf } from '#lib/graph/graphql.ts'
import { MemberName, PartyFields } from '#lib/graph/subjects.ts'

export const SearchQuery = graphql(
  `
    query Search($text: String!, $types: [SearchType!], $first: Int!) {
      search(text: $text, types: $types, first: $first) {
        nodes {
          subject {
            __typename
            id
            ... on Task {
              state
              archivedAt
              party {
                ...PartyFields
              }
            }
            ... on Comment {
              writtenAt
              author {
                ...MemberName
              }
              task {
                id
              }
              clause {
                id
              }
            }
            ... on Clause {
              number
            }
            ... on Proposal {
              standing: state
              party {
                ...PartyFields
              }
            }
          }
          title {
            text
            hit
          }
          excerpt {
            text
            hit
          }
        }
        counts {
          type
          count
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  `,
  [PartyFields, MemberName],
)

export const TitleQuery = graphql(`
  query TitleOf($id: ID!) {
    node(id: $id) {
      id
      ... on Task {
        title
      }
    }
  }
`)

export type Found = ResultOf<typeof SearchQuery>['search']
export type Hit = Found['nodes'][number]
export type Piece = Hit['title'][number]

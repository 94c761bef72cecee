import { graphql } from '../../client/src/lib/graph/graphql.ts'
import { ClauseFields, ProposalWords, VersionWords } from '../../client/src/lib/graph/agreement.ts'
import { CommentFields, TaskCardFields } from '../../client/src/lib/graph/subjects.ts'

/** All that is shown of the agreement: its text, its versions, its proposals, whole and by state. */
export const AgreementQuery = graphql(
  `
    query Agreement($first: Int!) {
      cursor
      collaboration {
        id
        agreement {
          id
          title
          provenance
          version
          clauses {
            ...ClauseFields
          }
          formerClauses {
            ...ClauseFields
          }
          latest {
            ...VersionWords
            state
          }
          inForce {
            id
            state
          }
          versions(first: $first) {
            totalCount
            nodes {
              ...VersionWords
              state
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
          all: proposals(first: $first) {
            totalCount
            nodes {
              ...ProposalWords
              state
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
          open: proposals(first: $first, states: [OPEN]) {
            totalCount
            nodes {
              ...ProposalWords
              state
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
          decided: proposals(first: $first, states: [INCORPORATED, REJECTED, WITHDRAWN, OVERTAKEN]) {
            totalCount
            nodes {
              ...ProposalWords
              state
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
  [ClauseFields, VersionWords, ProposalWords],
)

/** A clause with what is said of it and the tasks that come of it. */
export const ClauseQuery = graphql(
  `
    query Clause($id: ID!, $first: Int!) {
      cursor
      node(id: $id) {
        __typename
        id
        ... on Clause {
          ...ClauseFields
          tasks(first: $first) {
            totalCount
            nodes {
              ...TaskCardFields
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
          comments(first: $first) {
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
  [ClauseFields, TaskCardFields, CommentFields],
)

import { graphql, type ResultOf } from '#lib/graph/graphql.ts'

/** What is referred to, as far as the reader may know it; null says nothing about whether it exists. */
export const ReferencesQuery = graphql(`
  query References($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on Task {
        title
        state
        archivedAt
      }
      ... on Clause {
        number
        heading
        removed
      }
    }
  }
`)

export type Reference = Extract<ResultOf<typeof ReferencesQuery>['nodes'][number], { __typename: 'Task' | 'Clause' }>

/** Tasks to choose among by some words of their titles. */
export const FindTasks = graphql(`
  query FindTasks($text: String!) {
    collaboration {
      id
      tasks(filter: { text: $text, archived: false }, sort: UPDATED_AT, first: 8) {
        nodes {
          id
          title
          state
        }
      }
    }
  }
`)

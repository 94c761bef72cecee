// Guards: what is shown of tasks is part of what a change brings, so that no page has to ask again.
import { graphql, type VariablesOf } from '#lib/graph/graphql.ts'
import { CommentFields, EntryFields, FileFields, TaskCardFields, TaskFields } from '#lib/graph/subjects.ts'

const TaskPageFields = graphql(
  `
    fragment TaskPageFields on CollaborationTasksConnection {
      totalCount
      nodes {
        ...TaskCardFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  `,
  [TaskCardFields],
)

/** All four columns at once; each pages on its own afterwards. */
export const BoardQuery = graphql(
  `
    query Board(
      $given: TaskFilter!
      $ongoing: TaskFilter!
      $delivered: TaskFilter!
      $approved: TaskFilter!
      $sort: TaskSort!
      $first: Int!
    ) {
      cursor
      collaboration {
        id
        given: tasks(filter: $given, sort: $sort, first: $first) {
          ...TaskPageFields
        }
        ongoing: tasks(filter: $ongoing, sort: $sort, first: $first) {
          ...TaskPageFields
        }
        delivered: tasks(filter: $delivered, sort: $sort, first: $first) {
          ...TaskPageFields
        }
        approved: tasks(filter: $approved, sort: $sort, first: $first) {
          ...TaskPageFields
        }
      }
    }
  `,
  [TaskPageFields],
)

export const ListQuery = graphql(
  `
    query List($filter: TaskFilter!, $sort: TaskSort!, $first: Int!, $after: String) {
      cursor
      collaboration {
        id
        tasks(filter: $filter, sort: $sort, first: $first, after: $after) {
          ...TaskPageFields
        }
      }
    }
  `,
  [TaskPageFields],
)

/** One task with the beginning of its talk and its history. */
export const TaskQuery = graphql(
  `
    query Task($id: ID!, $comments: Int!, $entries: Int!) {
      cursor
      collaboration {
        id
        journalArchivedUntil
      }
      node(id: $id) {
        __typename
        id
        ... on Task {
          ...TaskFields
          files {
            ...FileFields
          }
          comments(first: $comments) {
            totalCount
            nodes {
              ...CommentFields
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
          activity(first: $entries) {
            nodes {
              ...EntryFields
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
  [TaskFields, FileFields, CommentFields, EntryFields],
)

export const MoreActivity = graphql(
  `
    query MoreActivity($id: ID!, $first: Int!, $after: String!) {
      node(id: $id) {
        __typename
        id
        ... on Task {
          activity(first: $first, after: $after) {
            nodes {
              ...EntryFields
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
  [EntryFields],
)

export type BoardFilter = VariablesOf<typeof BoardQuery>['given']
export type TaskSort = VariablesOf<typeof ListQuery>['sort']

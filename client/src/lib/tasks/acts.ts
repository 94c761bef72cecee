// Guards: every act answers with the whole task, so that the cache can put it into any list, and with every failure that it can
// have.
import { failures } from '#lib/graph/failures.ts'
import { graphql } from '#lib/graph/graphql.ts'
import { TaskFields } from '#lib/graph/subjects.ts'

export const CreateTask = graphql(
  `
    mutation CreateTask($input: CreateTaskInput!) {
      createTask(input: $input) {
        __typename
        ... on TaskChanged {
          cursor
          task {
            ...TaskFields
          }
        }
        ...InvalidFields
        ...ConflictFields
        ...NotAllowedFields
        ...NotFoundFields
        ...TryAgainFields
      }
    }
  `,
  [...failures, TaskFields],
)

export const EditTask = graphql(
  `
    mutation EditTask($input: EditTaskInput!) {
      editTask(input: $input) {
        __typename
        ... on TaskChanged {
          cursor
          task {
            ...TaskFields
          }
        }
        ...InvalidFields
        ...ConflictFields
        ...NotAllowedFields
        ...NotFoundFields
        ...TryAgainFields
      }
    }
  `,
  [...failures, TaskFields],
)

export const AssignTask = graphql(
  `
    mutation AssignTask($input: AssignTaskInput!) {
      assignTask(input: $input) {
        __typename
        ... on TaskChanged {
          cursor
          task {
            ...TaskFields
          }
        }
        ...InvalidFields
        ...ConflictFields
        ...NotAllowedFields
        ...NotFoundFields
        ...TryAgainFields
      }
    }
  `,
  [...failures, TaskFields],
)

export const MoveTask = graphql(
  `
    mutation MoveTask($input: MoveTaskInput!) {
      moveTask(input: $input) {
        __typename
        ... on TaskChanged {
          cursor
          task {
            ...TaskFields
          }
        }
        ...InvalidFields
        ...ConflictFields
        ...NotAllowedFields
        ...NotFoundFields
        ...TryAgainFields
      }
    }
  `,
  [...failures, TaskFields],
)

export const ShareTask = graphql(
  `
    mutation ShareTask($input: ShareTaskInput!) {
      shareTask(input: $input) {
        __typename
        ... on TaskChanged {
          cursor
          task {
            ...TaskFields
          }
        }
        ...InvalidFields
        ...ConflictFields
        ...NotAllowedFields
        ...NotFoundFields
        ...TryAgainFields
      }
    }
  `,
  [...failures, TaskFields],
)

export const ArchiveTask = graphql(
  `
    mutation ArchiveTask($input: ArchiveTaskInput!) {
      archiveTask(input: $input) {
        __typename
        ... on TaskChanged {
          cursor
          task {
            ...TaskFields
          }
        }
        ...InvalidFields
        ...ConflictFields
        ...NotAllowedFields
        ...NotFoundFields
        ...TryAgainFields
      }
    }
  `,
  [...failures, TaskFields],
)

export const RestoreTask = graphql(
  `
    mutation RestoreTask($input: RestoreTaskInput!) {
      restoreTask(input: $input) {
        __typename
        ... on TaskChanged {
          cursor
          task {
            ...TaskFields
          }
        }
        ...InvalidFields
        ...ConflictFields
        ...NotAllowedFields
        ...NotFoundFields
        ...TryAgainFields
      }
    }
  `,
  [...failures, TaskFields],
)

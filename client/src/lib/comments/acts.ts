import { failures } from '#lib/graph/failures.ts'
import { graphql } from '#lib/graph/graphql.ts'
import { CommentFields } from '#lib/graph/subjects.ts'

export const WriteComment = graphql(
  `
    mutation WriteComment($input: WriteCommentInput!) {
      writeComment(input: $input) {
        __typename
        ... on CommentChanged {
          cursor
          comment {
            ...CommentFields
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
  [...failures, CommentFields],
)

export const EditComment = graphql(
  `
    mutation EditComment($input: EditCommentInput!) {
      editComment(input: $input) {
        __typename
        ... on CommentChanged {
          cursor
          comment {
            ...CommentFields
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
  [...failures, CommentFields],
)

export const WithdrawComment = graphql(
  `
    mutation WithdrawComment($input: WithdrawCommentInput!) {
      withdrawComment(input: $input) {
        __typename
        ... on CommentChanged {
          cursor
          comment {
            ...CommentFields
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
  [...failures, CommentFields],
)

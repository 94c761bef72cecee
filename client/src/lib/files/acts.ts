import { failures } from '#lib/graph/failures.ts'
import { graphql } from '#lib/graph/graphql.ts'
import { FileFields } from '#lib/graph/subjects.ts'

export const AttachFile = graphql(
  `
    mutation AttachFile($input: AttachFileInput!) {
      attachFile(input: $input) {
        __typename
        ... on FileChanged {
          cursor
          file {
            ...FileFields
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
  [...failures, FileFields],
)

export const RemoveFile = graphql(
  `
    mutation RemoveFile($input: RemoveFileInput!) {
      removeFile(input: $input) {
        __typename
        ... on FileChanged {
          cursor
          file {
            ...FileFields
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
  [...failures, FileFields],
)

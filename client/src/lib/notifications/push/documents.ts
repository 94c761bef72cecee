import { failures } from '#lib/graph/failures.ts'
import { graphql } from '#lib/graph/graphql.ts'
import { SettingsFields } from '#lib/graph/subjects.ts'

export const AddBrowser = graphql(
  `
    mutation AddBrowser($input: AddBrowserInput!) {
      addBrowser(input: $input) {
        __typename
        ... on SettingsChanged {
          settings {
            ...SettingsFields
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
  [...failures, SettingsFields],
)

export const RemoveBrowser = graphql(
  `
    mutation RemoveBrowser($input: RemoveBrowserInput!) {
      removeBrowser(input: $input) {
        __typename
        ... on SettingsChanged {
          settings {
            ...SettingsFields
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
  [...failures, SettingsFields],
)

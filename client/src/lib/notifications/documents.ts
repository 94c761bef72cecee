import { graphql } from '#lib/graph/graphql.ts'
import { NotificationFields, SettingsFields } from '#lib/graph/subjects.ts'

export const InboxQuery = graphql(
  `
    query Inbox($filter: InboxFilter, $first: Int!, $after: String) {
      personalCursor
      viewer {
        unreadCount
        inbox(filter: $filter, first: $first, after: $after) {
          nodes {
            ...NotificationFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [NotificationFields],
)

export const SettingsQuery = graphql(
  `
    query NotificationSettings {
      viewer {
        notificationSettings {
          ...SettingsFields
        }
      }
    }
  `,
  [SettingsFields],
)

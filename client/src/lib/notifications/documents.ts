import { graphql, type FragmentOf } from '#lib/graph/graphql.ts'
import { NotificationFields, ThreadNames } from '#lib/graph/subjects.ts'

export const MuteFields = graphql(
  `
    fragment MuteFields on Mute {
      reason
      task {
        ...ThreadTask
      }
      clause {
        ...ClauseName
      }
      proposal {
        ...ThreadProposal
      }
    }
  `,
  ThreadNames,
)

export type Mute = FragmentOf<typeof MuteFields>

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

export const MutesQuery = graphql(
  `
    query Mutes {
      viewer {
        mutes {
          ...MuteFields
        }
      }
    }
  `,
  [MuteFields],
)

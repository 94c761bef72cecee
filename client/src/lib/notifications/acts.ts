import { failures } from '#lib/graph/failures.ts'
import { graphql } from '#lib/graph/graphql.ts'
import { NotificationFields, SettingsFields } from '#lib/graph/subjects.ts'

export const ReadNotifications = graphql(
  `
    mutation ReadNotifications($input: ReadNotificationsInput!) {
      readNotifications(input: $input) {
        __typename
        ... on InboxChanged {
          cursor
          unreadCount
          notifications {
            ...NotificationFields
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
  [...failures, NotificationFields],
)

export const UnreadNotifications = graphql(
  `
    mutation UnreadNotifications($input: UnreadNotificationsInput!) {
      unreadNotifications(input: $input) {
        __typename
        ... on InboxChanged {
          cursor
          unreadCount
          notifications {
            ...NotificationFields
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
  [...failures, NotificationFields],
)

export const FinishNotifications = graphql(
  `
    mutation FinishNotifications($input: FinishNotificationsInput!) {
      finishNotifications(input: $input) {
        __typename
        ... on InboxChanged {
          cursor
          unreadCount
          notifications {
            ...NotificationFields
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
  [...failures, NotificationFields],
)

export const ReopenNotifications = graphql(
  `
    mutation ReopenNotifications($input: ReopenNotificationsInput!) {
      reopenNotifications(input: $input) {
        __typename
        ... on InboxChanged {
          cursor
          unreadCount
          notifications {
            ...NotificationFields
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
  [...failures, NotificationFields],
)

export const SnoozeNotifications = graphql(
  `
    mutation SnoozeNotifications($input: SnoozeNotificationsInput!) {
      snoozeNotifications(input: $input) {
        __typename
        ... on InboxChanged {
          cursor
          unreadCount
          notifications {
            ...NotificationFields
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
  [...failures, NotificationFields],
)

export const WakeNotifications = graphql(
  `
    mutation WakeNotifications($input: WakeNotificationsInput!) {
      wakeNotifications(input: $input) {
        __typename
        ... on InboxChanged {
          cursor
          unreadCount
          notifications {
            ...NotificationFields
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
  [...failures, NotificationFields],
)

export const MuteThread = graphql(
  `
    mutation MuteThread($input: MuteThreadInput!) {
      muteThread(input: $input) {
        __typename
        ... on MutesChanged {
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

export const UnmuteThread = graphql(
  `
    mutation UnmuteThread($input: UnmuteThreadInput!) {
      unmuteThread(input: $input) {
        __typename
        ... on MutesChanged {
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

export const MuteReason = graphql(
  `
    mutation MuteReason($input: MuteReasonInput!) {
      muteReason(input: $input) {
        __typename
        ... on MutesChanged {
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

export const UnmuteReason = graphql(
  `
    mutation UnmuteReason($input: UnmuteReasonInput!) {
      unmuteReason(input: $input) {
        __typename
        ... on MutesChanged {
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

export const ChooseChannel = graphql(
  `
    mutation ChooseChannel($input: ChooseChannelInput!) {
      chooseChannel(input: $input) {
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

export const ChooseTimes = graphql(
  `
    mutation ChooseTimes($input: ChooseTimesInput!) {
      chooseTimes(input: $input) {
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

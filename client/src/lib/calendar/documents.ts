import { failures } from '#lib/graph/failures.ts'
import { graphql } from '#lib/graph/graphql.ts'
import { CalendarLinkFields } from '#lib/graph/subjects.ts'

export const CalendarQuery = graphql(
  `
    query CalendarLinks {
      cursor
      collaboration {
        id
        calendarLinks(first: 100) {
          totalCount
          nodes {
            ...CalendarLinkFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [CalendarLinkFields],
)

export const MakeCalendarLink = graphql(
  `
    mutation MakeCalendarLink($input: MakeCalendarLinkInput!) {
      makeCalendarLink(input: $input) {
        __typename
        ... on CalendarLinkMade {
          cursor
          url
          link {
            ...CalendarLinkFields
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
  [...failures, CalendarLinkFields],
)

export const RevokeCalendarLink = graphql(
  `
    mutation RevokeCalendarLink($input: RevokeCalendarLinkInput!) {
      revokeCalendarLink(input: $input) {
        __typename
        ... on CalendarLinkChanged {
          cursor
          link {
            ...CalendarLinkFields
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
  [...failures, CalendarLinkFields],
)

import { graphql, type ResultOf } from './graphql.ts'
import { MemberFields, PartyFields } from './subjects.ts'

/** Who I am, with whom I sit, and the cursor from which everything later follows. */
export const HubQuery = graphql(
  `
    query Hub {
      cursor
      personalCursor
      viewer {
        unreadCount
        lastVisit
        person {
          id
          name
          email
          locale
        }
        member {
          ...MemberFields
        }
        party {
          ...PartyFields
        }
        seats {
          slug
          collaborationName
          partyName
        }
      }
      collaboration {
        id
        slug
        name
        purpose
        timeZone
        parties {
          ...PartyFields
        }
        members(removed: false, first: 100) {
          totalCount
          nodes {
            ...MemberFields
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  `,
  [MemberFields, PartyFields],
)

export type HubData = ResultOf<typeof HubQuery>
type Viewer = NonNullable<HubData['viewer']>
export type SeatedViewer = Viewer & {
  person: NonNullable<Viewer['person']>
  member: NonNullable<Viewer['member']>
  party: NonNullable<Viewer['party']>
}
export type Collaboration = NonNullable<HubData['collaboration']>

export const SeatsQuery = graphql(`
  query Seats {
    viewer {
      seats {
        slug
        collaborationName
        partyName
      }
    }
  }
`)

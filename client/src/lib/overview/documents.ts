import { graphql, type FragmentOf, type ResultOf } from '#lib/graph/graphql.ts'
import { ClauseName, MemberName, PartyFields } from '#lib/graph/subjects.ts'

/** What a row shows, and what it takes to keep its list true. */
const TaskRow = graphql(
  `
    fragment TaskRow on Task {
      id
      title
      state
      position
      audience
      dueOn
      updatedAt
      archivedAt
      responsible {
        ...PartyFields
      }
      assignees {
        id
      }
    }
  `,
  [PartyFields],
)

const TaskRows = graphql(
  `
    fragment TaskRows on CollaborationTasksConnection {
      nodes {
        ...TaskRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  `,
  [TaskRow],
)

const Happening = graphql(
  `
    fragment Happening on Entry {
      id
      kind
      at
      subjectId
      actor {
        ...MemberName
      }
      party {
        ...PartyFields
      }
      subject {
        __typename
        id
        ... on Task {
          title
        }
        ... on Comment {
          task {
            id
            title
          }
          clause {
            ...ClauseName
          }
        }
        ... on Member {
          name
        }
        ... on Party {
          name
        }
        ... on Proposal {
          title
        }
        ... on AgreementVersion {
          number
        }
        ... on ApiKey {
          name
        }
        ... on CalendarLink {
          name
        }
        ... on Webhook {
          name
        }
        ... on File {
          task {
            id
            title
          }
          comment {
            id
            task {
              id
              title
            }
            clause {
              ...ClauseName
            }
          }
          agreementVersion {
            id
            number
          }
        }
      }
    }
  `,
  [MemberName, PartyFields, ClauseName],
)

/** All that the first room shows, in one snapshot. */
export const OverviewQuery = graphql(
  `
    query Overview(
      $since: DateTime!
      $entries: Int!
      $mine: TaskFilter!
      $due: TaskFilter!
      $given: TaskFilter!
      $delivered: TaskFilter!
      $rows: Int!
      $proposals: Int!
    ) {
      cursor
      collaboration {
        id
        activity(since: $since, first: $entries) {
          nodes {
            ...Happening
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
        mine: tasks(filter: $mine, sort: DUE_ON, first: $rows) {
          ...TaskRows
        }
        due: tasks(filter: $due, sort: DUE_ON, first: $rows) {
          ...TaskRows
        }
        given: tasks(filter: $given, sort: DUE_ON, first: $rows) {
          ...TaskRows
        }
        delivered: tasks(filter: $delivered, sort: DUE_ON, first: $rows) {
          ...TaskRows
        }
        agreement {
          id
          latest {
            id
            number
            state
            inForceAt
            signatures {
              id
              party {
                ...PartyFields
              }
            }
            awaiting {
              ...PartyFields
            }
          }
          inForce {
            id
            number
          }
          proposals(states: [OPEN], first: $proposals) {
            totalCount
            nodes {
              id
              title
              state
              createdAt
              openedAt
              party {
                ...PartyFields
              }
              awaiting {
                ...PartyFields
              }
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
  [Happening, TaskRows, PartyFields],
)

export type TaskRow = FragmentOf<typeof TaskRow>
export type Happening = FragmentOf<typeof Happening>
export type Agreement = NonNullable<NonNullable<ResultOf<typeof OverviewQuery>['collaboration']>['agreement']>

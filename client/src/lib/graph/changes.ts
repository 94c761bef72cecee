// Guards: every page of a party asks with the same document, apart from where it stands; a field more for one would make a
// group of one.
//
// The one live document: unfiltered, the same for everybody in a party, so that the server runs it once for all of them.
import { graphql, type ResultOf } from './graphql.ts'
import { ProposalWords, VersionWords } from './agreement.ts'
import {
  CalendarLinkFields,
  CommentWords,
  FileFields,
  KeyFields,
  MemberFields,
  MemberName,
  NotificationFields,
  PartyFields,
  SettingsFields,
  TaskFields,
  WebhookFields,
} from './subjects.ts'

export const Changes = graphql(
  `
    subscription Changes($after: Cursor) {
      changes(after: $after) {
        __typename
        ... on ChangeBatch {
          cursor
          hasMore
          changes {
            id
            cursor
            kind
            at
            subjectId
            subjectVersion
            gone
            superseded
            actor {
              ...MemberName
            }
            party {
              ...PartyFields
            }
            changes {
              field
              from
              to
            }
            subject {
              __typename
              id
              ...TaskFields
              ...CommentWords
              ... on Comment {
                commentAudience: audience
                commentAnswers: answers {
                  id
                }
              }
              ...MemberFields
              ...PartyFields
              ...ProposalWords
              ... on Proposal {
                proposalState: state
              }
              ...VersionWords
              ... on AgreementVersion {
                versionState: state
              }
              ...KeyFields
              ...CalendarLinkFields
              ...WebhookFields
              ...FileFields
            }
          }
        }
        ... on Resync {
          reason
          cursor
        }
      }
    }
  `,
  [
    MemberName,
    PartyFields,
    TaskFields,
    CommentWords,
    MemberFields,
    KeyFields,
    CalendarLinkFields,
    WebhookFields,
    FileFields,
    ProposalWords,
    VersionWords,
  ],
)

/** What only the member is told, from the member's own stream: a document of its own, so that the one above stays shared. */
export const PersonalChanges = graphql(
  `
    subscription PersonalChanges($after: Cursor) {
      changes(after: $after) {
        __typename
        ... on ChangeBatch {
          cursor
          hasMore
          unreadCount
          changes {
            id
            kind
            subjectId
            gone
            superseded
            subject {
              __typename
              id
              ...NotificationFields
              ...SettingsFields
            }
          }
        }
        ... on Resync {
          reason
          cursor
        }
      }
    }
  `,
  [NotificationFields, SettingsFields],
)

export type PersonalResult = ResultOf<typeof PersonalChanges>['changes']
export type PersonalBatch = Extract<PersonalResult, { __typename: 'ChangeBatch' }>
export type ChangesResult = ResultOf<typeof Changes>['changes']
export type ChangeBatch = Extract<ChangesResult, { __typename: 'ChangeBatch' }>
export type Change = ChangeBatch['changes'][number]

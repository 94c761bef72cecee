// Guards: a thing that arrives by the live path brings every field that any list or page shows of it.
//
// What the client knows of each thing. A change arrives with the whole of its subject in these fields, so that it can take its
// place in any list: every list selects a part of them and nothing else.
import { graphql, type FragmentOf } from './graphql.ts'

export const PartyFields = graphql(`
  fragment PartyFields on Party {
    id
    name
    mark
    ordinal
    role
  }
`)

export const MemberName = graphql(
  `
    fragment MemberName on Member {
      id
      name
      title
      removedAt
      party {
        ...PartyFields
      }
    }
  `,
  [PartyFields],
)

export const MemberFields = graphql(
  `
    fragment MemberFields on Member {
      ...MemberName
      roles
      email
      version
      invitedAt
      joinedAt
      mandates {
        id
        kind
        validFrom
        validTo
      }
    }
  `,
  [MemberName],
)

export const ClauseName = graphql(`
  fragment ClauseName on Clause {
    id
    number
    heading
    removed
  }
`)

export const TaskCardFields = graphql(
  `
    fragment TaskCardFields on Task {
      id
      title
      state
      position
      audience
      dueOn
      version
      updatedAt
      archivedAt
      commentCount
      party {
        ...PartyFields
      }
      sharedWith {
        ...PartyFields
      }
      readers {
        ...PartyFields
      }
      responsible {
        ...PartyFields
      }
      assignees {
        ...MemberName
      }
      clause {
        ...ClauseName
      }
    }
  `,
  [PartyFields, MemberName, ClauseName],
)

export const TaskFields = graphql(
  `
    fragment TaskFields on Task {
      ...TaskCardFields
      description
      createdAt
      createdBy {
        ...MemberName
      }
    }
  `,
  [TaskCardFields, MemberName],
)

export const FileFields = graphql(
  `
    fragment FileFields on File {
      id
      name
      mediaType
      size
      path
      version
      attachedAt
      removedAt
      party {
        ...PartyFields
      }
      attachedBy {
        ...MemberName
      }
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
  `,
  [PartyFields, MemberName, ClauseName],
)

/** Without the audience and what it answers: beside a task's and a proposal's, in one document, they need names of their own. */
export const CommentWords = graphql(
  `
    fragment CommentWords on Comment {
      id
      text
      version
      writtenAt
      editedAt
      withdrawnAt
      author {
        ...MemberName
      }
      party {
        ...PartyFields
      }
      readers {
        ...PartyFields
      }
      task {
        id
        title
        commentCount
      }
      clause {
        ...ClauseName
      }
      files {
        ...FileFields
      }
    }
  `,
  [MemberName, PartyFields, ClauseName, FileFields],
)

export const CommentFields = graphql(
  `
    fragment CommentFields on Comment {
      ...CommentWords
      audience
      answers {
        id
      }
    }
  `,
  [CommentWords],
)

/** A program's way in, known to its party only. */
export const KeyFields = graphql(
  `
    fragment KeyFields on ApiKey {
      id
      name
      slices
      madeAt
      sealedAt
      formerUntil
      expiresAt
      revokedAt
      lastUsedAt
      secretUsedAt
      formerUsedAt
      version
      madeBy {
        ...MemberName
      }
    }
  `,
  [MemberName],
)

/** Where a calendar fetches, known to its party only. */
export const CalendarLinkFields = graphql(
  `
    fragment CalendarLinkFields on CalendarLink {
      id
      name
      madeAt
      revokedAt
      lastUsedAt
      version
      member {
        ...MemberName
      }
      madeBy {
        ...MemberName
      }
    }
  `,
  [MemberName],
)

/** Where a system is sent what happens, known to its party only. How it goes is asked for apart: no event tells of that. */
export const WebhookFields = graphql(
  `
    fragment WebhookFields on Webhook {
      id
      name
      url
      document
      webhookState: state
      stop
      madeAt
      formerUntil
      version
      key {
        id
        name
      }
      madeBy {
        ...MemberName
      }
    }
  `,
  [MemberName],
)

export const EntryFields = graphql(
  `
    fragment EntryFields on Entry {
      id
      kind
      at
      subjectId
      subjectVersion
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
    }
  `,
  [MemberName, PartyFields],
)

/** What things that are talked about are called. */
const ThreadTask = graphql(`
  fragment ThreadTask on Task {
    id
    title
  }
`)
const ThreadProposal = graphql(`
  fragment ThreadProposal on Proposal {
    id
    title
  }
`)
export const ThreadNames = [ThreadTask, ClauseName, ThreadProposal] as const

/** Personal: it comes in the member's own stream and never in the party's. */
export const NotificationFields = graphql(
  `
    fragment NotificationFields on Notification {
      id
      reason
      at
      dueOn
      readAt
      doneAt
      snoozedUntil
      version
      task {
        ...ThreadTask
      }
      clause {
        ...ClauseName
      }
      proposal {
        ...ThreadProposal
      }
      entry {
        id
        kind
        actor {
          ...MemberName
        }
        party {
          ...PartyFields
        }
        changes {
          field
          to
        }
      }
      subject {
        __typename
        id
        ... on Comment {
          text
        }
        ... on AgreementVersion {
          number
        }
        ... on Webhook {
          name
        }
      }
    }
  `,
  [...ThreadNames, MemberName, PartyFields],
)

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

/** Personal too: how one wants to be told. */
export const SettingsFields = graphql(
  `
    fragment SettingsFields on NotificationSettings {
      id
      version
      channels {
        channel
        available
        reasons
      }
      digestAt
      quietFrom
      quietTo
      weeklyOn
      timeZone
      language
      pushKey
      browsers {
        id
        label
        fingerprint
        addedAt
        toldAt
      }
      mutes {
        ...MuteFields
      }
    }
  `,
  [MuteFields],
)

export type Settings = FragmentOf<typeof SettingsFields>
export type Mute = FragmentOf<typeof MuteFields>
export type Notification = FragmentOf<typeof NotificationFields>
export type Party = FragmentOf<typeof PartyFields>
export type MemberName = FragmentOf<typeof MemberName>
export type Member = FragmentOf<typeof MemberFields>
export type TaskCard = FragmentOf<typeof TaskCardFields>
export type Comment = FragmentOf<typeof CommentFields>
export type Key = FragmentOf<typeof KeyFields>
export type CalendarLink = FragmentOf<typeof CalendarLinkFields>
export type Webhook = FragmentOf<typeof WebhookFields>
export type Entry = FragmentOf<typeof EntryFields>

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

/** Without the audience: beside a task's, in one document, it needs a name of its own. */
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
    }
  `,
  [MemberName, PartyFields, ClauseName],
)

export const CommentFields = graphql(
  `
    fragment CommentFields on Comment {
      ...CommentWords
      audience
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
      madeAt
      expiresAt
      revokedAt
      lastUsedAt
      version
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

export type Party = FragmentOf<typeof PartyFields>
export type MemberName = FragmentOf<typeof MemberName>
export type Member = FragmentOf<typeof MemberFields>
export type TaskCard = FragmentOf<typeof TaskCardFields>
export type Comment = FragmentOf<typeof CommentFields>
export type Key = FragmentOf<typeof KeyFields>
export type Entry = FragmentOf<typeof EntryFields>

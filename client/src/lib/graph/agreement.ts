// What the client knows of the agreement. A version arrives with the agreement as it leaves it: its clauses' latest words too, since
// a clause has no events of its own.
import { graphql } from './graphql.ts'
import { ClauseName, FileFields, MemberName, PartyFields } from './subjects.ts'

export const ClauseFields = graphql(
  `
    fragment ClauseFields on Clause {
      ...ClauseName
      depth
      parentId
      text
      version
    }
  `,
  [ClauseName],
)

/** Without the state: beside that of other things, in one document, it needs a name of its own. */
export const VersionWords = graphql(
  `
    fragment VersionWords on AgreementVersion {
      id
      number
      title
      hash
      madeAt
      inForceAt
      endedAt
      version
      proposal {
        id
      }
      signatures {
        id
        hash
        signedAt
        party {
          ...PartyFields
        }
        member {
          ...MemberName
        }
      }
      awaiting {
        ...PartyFields
      }
      files {
        ...FileFields
      }
      clauses {
        parentId
        number
        depth
        heading
        text
        clause {
          id
        }
      }
      agreement {
        id
        title
        provenance
        version
        latest {
          id
        }
        inForce {
          id
        }
        clauses {
          ...ClauseFields
        }
        formerClauses {
          ...ClauseFields
        }
      }
    }
  `,
  [PartyFields, MemberName, FileFields, ClauseFields],
)

/** Without the state, as above; and without the comparison, which is asked for where it is shown. */
export const ProposalWords = graphql(
  `
    fragment ProposalWords on Proposal {
      id
      title
      reason
      version
      createdAt
      openedAt
      decidedAt
      party {
        ...PartyFields
      }
      author {
        ...MemberName
      }
      agreement {
        id
      }
      base {
        id
      }
      result {
        id
      }
      changes {
        kind
        clauseId
        parentId
        afterId
        heading
        text
      }
      answers {
        id
        position
        reason
        answeredAt
        party {
          ...PartyFields
        }
        member {
          ...MemberName
        }
      }
      awaiting {
        ...PartyFields
      }
    }
  `,
  [PartyFields, MemberName],
)

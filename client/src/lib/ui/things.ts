/* What the views need to know of a thing. Results of operations fit these shapes; a view never asks for more. */

export type TaskState = 'GIVEN' | 'ONGOING' | 'DELIVERED' | 'APPROVED'
export type Audience = 'OWN' | 'SHARED' | 'JOINT'
export type CommentAudience = 'AS_PARENT' | 'OWN'
export type MemberRole = 'COORDINATOR' | 'CONTRIBUTOR' | 'OBSERVER' | 'ADMIN'
export type MandateKind = 'SIGN' | 'VOTE'

export type PartyThing = { id: string; name: string; mark: string; ordinal: number }

export type MemberThing = { id: string; name: string; title?: string; party: PartyThing }
export type MandateThing = { id: string; kind: MandateKind; validFrom: string; validTo: string | null }
export type SeatedMember = MemberThing & {
  title: string
  roles: readonly MemberRole[]
  mandates: readonly MandateThing[]
  email: string | null
  version: number
  joinedAt: string | null
  removedAt: string | null
}

export type TaskCard = {
  id: string
  title: string
  state: TaskState
  audience: Audience
  party: PartyThing
  sharedWith: readonly PartyThing[]
  responsible: readonly PartyThing[]
  assignees: readonly MemberThing[]
  dueOn: string | null
  clause: { id: string; number: string | null } | null
  commentCount: number
  version: number
  updatedAt: string
  archivedAt: string | null
}
export type TaskDetail = TaskCard & {
  description: string
  readers: readonly PartyThing[]
  createdAt: string
  createdBy: MemberThing
}

export type FileThing = {
  id: string
  name: string
  mediaType: string
  size: number
  /** Null once removed. */
  path: string | null
  party: PartyThing
  attachedBy: MemberThing
  attachedAt: string
}

export type CommentThing = {
  id: string
  author: MemberThing
  party: PartyThing
  audience: CommentAudience
  readers: readonly PartyThing[]
  answers: { id: string } | null
  text: string
  version: number
  writtenAt: string
  editedAt: string | null
  withdrawnAt: string | null
  files: readonly FileThing[]
}

/** A stretch of words that both of two texts have, or one of them. */
export type PieceThing = { kind: 'KEPT' | 'ADDED' | 'REMOVED'; text: string }

export type FieldChange = { field: string; from: readonly string[] | null; to: readonly string[] | null }
export type EntryThing = {
  id: string
  kind: string
  at: string
  actor: MemberThing | null
  party: PartyThing | null
  subjectId: string
  changes: readonly FieldChange[]
}

export type DemoMember = {
  memberId: string
  name: string
  title: string
  party: string
  mark: string
  ordinal: number
  roles: readonly MemberRole[]
  slug: string
}

export const taskStates: readonly TaskState[] = ['GIVEN', 'ONGOING', 'DELIVERED', 'APPROVED']
export const audiences: readonly Audience[] = ['OWN', 'SHARED', 'JOINT']
export const memberRoles: readonly MemberRole[] = ['COORDINATOR', 'CONTRIBUTOR', 'OBSERVER', 'ADMIN']
export const mandateKinds: readonly MandateKind[] = ['SIGN', 'VOTE']

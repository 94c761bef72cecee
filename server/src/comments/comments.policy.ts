import type { Comment } from '@samsyn/prisma/client'
import { type Policy, writes } from '../access/may.ts'

type Ruled = Pick<Comment, 'readers' | 'partyId' | 'authorId' | 'withdrawnAt'>

/** What one has said is one's own: nobody else changes or withdraws it. */
export const commentPolicy = {
  edit: (viewer, comment) =>
    comment.authorId !== viewer.memberId
      ? 'NOT_AUTHOR'
      : !writes(viewer)
        ? 'ROLE'
        : comment.withdrawnAt
          ? 'WITHDRAWN'
          : undefined,
  withdraw: (viewer, comment) => (comment.authorId !== viewer.memberId ? 'NOT_AUTHOR' : !writes(viewer) ? 'ROLE' : undefined),
} as const satisfies Policy<Ruled>

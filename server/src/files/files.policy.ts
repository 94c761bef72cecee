import type { AgreementVersion, File } from '@samsyn/prisma/client'
import { type Policy, writes } from '../access/may.ts'

type Ruled = Pick<File, 'readers' | 'partyId' | 'attachedById' | 'commentId' | 'removedAt'>

/** A file is the party's that attached it; one in a comment is its author's, as what the comment says. */
export const filePolicy = {
  remove: (viewer, file) =>
    file.partyId !== viewer.partyId
      ? 'NOT_OWN_PARTY'
      : file.commentId !== null && file.attachedById !== viewer.memberId
        ? 'NOT_AUTHOR'
        : !writes(viewer)
          ? 'ROLE'
          : undefined,
} as const satisfies Policy<Ruled>

/** All who read a version may put something beside it. What is signed is the text alone. */
export const attachToVersionPolicy = {
  attach: (viewer) => (!writes(viewer) ? 'ROLE' : undefined),
} as const satisfies Policy<Pick<AgreementVersion, 'readers'>>

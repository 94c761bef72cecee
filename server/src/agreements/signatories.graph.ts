import type { Party } from '@samsyn/prisma/client'
import { readable } from '../access/reads.ts'
import type { Context } from '../graph/context.ts'

/** Signatories of the viewer's collaboration that are not among those who have acted, in seat order. */
export const awaiting = async (
  { viewer, transaction }: Pick<Context, 'viewer' | 'transaction'>,
  acted: readonly { readonly partyId: string }[],
): Promise<Party[]> =>
  viewer
    ? transaction.party.findMany({
        where: {
          AND: [
            {
              collaborationId: viewer.collaborationId,
              role: 'SIGNATORY',
              leftAt: null,
              id: { notIn: acted.map(({ partyId }) => partyId) },
            },
            readable(viewer),
          ],
        },
        orderBy: { ordinal: 'asc' },
      })
    : []

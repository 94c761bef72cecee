import { createECDH, randomUUID } from 'node:crypto'
import { own } from '../../access/reads.ts'
import type { Viewer } from '../../access/viewer.ts'
import type { Transaction } from '../../data/database.ts'
import { NotFound } from '../../graph/failures.ts'
import { InputCheck } from '../../graph/input.ts'
import { Unchanged } from '../../journal/work.ts'

/** What a browser says of itself when it is to be told: where it is reached, and with what a message is locked for it alone. */
export interface Browser {
  readonly endpoint: string
  readonly publicKey: string
  readonly secret: string
  readonly label: string
}

/** Of a member. More than anybody has at hand, and few enough that one remark wakes no crowd of machines. */
export const MOST_BROWSERS = 10

/** Named again it is the same browser, with what it says now. */
export const adding = async (transaction: Transaction, viewer: Viewer, browser: Browser): Promise<void> => {
  const { endpoint, ...said } = browser
  const known = await transaction.pushBrowser.findFirst({ where: { AND: [own(viewer), { endpoint }] } })
  if (known) {
    if (known.publicKey === said.publicKey && known.secret === said.secret && known.label === said.label)
      throw new Unchanged(viewer.memberId)
    await transaction.pushBrowser.update({ where: { id: known.id }, data: said })
    return
  }
  const check = new InputCheck()
  check.most('endpoint', (await transaction.pushBrowser.count({ where: own(viewer) })) + 1, MOST_BROWSERS)
  check.done()
  await transaction.pushBrowser.create({ data: { id: randomUUID(), memberId: viewer.memberId, ...browser } })
}

/** It has another address from now on, and is called what it was called. One that was not named is not named by this. */
export const replacing = async (
  transaction: Transaction,
  viewer: Viewer,
  former: string,
  now: Omit<Browser, 'label'>,
): Promise<void> => {
  const before = await transaction.pushBrowser.findFirst({ where: { AND: [own(viewer), { endpoint: former }] } })
  if (!before) throw new NotFound('former')
  // A page may have named it before its worker did.
  await transaction.pushBrowser.deleteMany({ where: { AND: [own(viewer), { endpoint: { in: [former, now.endpoint] } }] } })
  await transaction.pushBrowser.create({ data: { id: randomUUID(), memberId: viewer.memberId, label: before.label, ...now } })
}

export const removing = async (transaction: Transaction, viewer: Viewer, id: string): Promise<void> => {
  const { count } = await transaction.pushBrowser.deleteMany({ where: { AND: [own(viewer), { id }] } })
  if (count === 0) throw new NotFound('browser')
}

/** A point on the curve, as 65 bytes in base64url: what no browser could have made is refused before anything is locked with it. */
export const isPublicKey = (key: string): boolean => {
  if (!/^B[\w-]{86}$/.test(key)) return false
  try {
    const pair = createECDH('prime256v1')
    pair.generateKeys()
    pair.computeSecret(key, 'base64url')
    return true
  } catch {
    return false
  }
}

/** 16 bytes in base64url. */
export const isSecret = (secret: string): boolean => /^[\w-]{22}$/.test(secret)

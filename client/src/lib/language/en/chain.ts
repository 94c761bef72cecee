import type { Like } from '../like.ts'
import { plural } from '../plural.ts'
import type { chain as swedish } from '../sv/chain.ts'

export const chain: Like<typeof swedish> = {
  intro: (party) =>
    `All that ${party} is told in Samsyn stands in your journal, entry by entry, each built on the one before. Once a day Samsyn signs how far the journal has come. That is a receipt.`,
  proves: 'What it proves',
  provesText:
    'Whoever has kept a receipt can show afterwards whether anything up to there was changed, taken away or put in, also by whoever runs Samsyn.',
  check: 'How to check it',
  checkText:
    'Keep the file with you, outside Samsyn. Ask the operator for an export of your journal (samsyn journal export) and let the program verify.mjs, which comes with Samsyn in examples and needs nothing but Node, compare them:',
  key: 'The key that signs',
  keyText:
    'Compare the fingerprint with the one that the operator reads out (samsyn journal key). If they differ, the receipt is not Samsyn’s.',
  fingerprint: 'Fingerprint, SHA-256',
  heads: 'The latest receipts',
  download: 'Download the receipts',
  through: 'Through entry',
  signedAt: 'Signed',
  hash: 'Hash',
  signature: 'Signature',
  byKey: 'Key',
  restored: (times) => `after ${times} ${plural(times, 'restore', 'restores')}`,
  older: 'Older receipts are in the API. The latest also holds for all that they hold for.',
  copyHash: (day) => `Copy the hash, ${day}`,
  copySignature: (day) => `Copy the signature, ${day}`,
  copyFingerprint: 'Copy the fingerprint',
  copied: 'Copied.',
  kept: 'How long the journal stays here',
  keptForEver: 'The journal stays in Samsyn for ever. None of it is archived.',
  keptFor: (months) =>
    `The journal stays in Samsyn for ${months} ${plural(months, 'month', 'months')}. What is older the operator may archive: it is moved to files that are checked as the journal is, and the receipts hold for them too.`,
  archived: (entry, day) =>
    `Through entry ${entry}, ${day}, the journal has been archived by the operator. Keep the receipts: they show that the archive is unchanged too.`,
  none: 'No receipt yet',
  noneText: 'The first one comes within a day of your party having been told something.',
}

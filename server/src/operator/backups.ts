import { resolve } from 'node:path'
import { SLICES } from '../access/slices.ts'
import { ledgerPath, readErasures } from '../backup/ledger.ts'
import { takeBackup } from '../backup/take.ts'
import { restoreBackup } from '../backup/restore.ts'
import { openStore } from '../files/store.ts'
import { type Command, Failure } from './command.ts'
import type { Installation } from './installation.ts'
import { actOf } from './members.ts'
import { verdicts } from './journal.ts'

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

export const backup: Command = {
  name: 'backup',
  about: 'Writes all that there is, of one moment, into a new folder: rows and files. The hub may go on meanwhile.',
  more: 'It holds everything, so keep it as you would the database. Sessions are left out: after a restore everybody signs in anew.',
  options: { to: { value: '<folder>', about: 'a new folder, or an empty one', required: true } },
  prepare: (given) => async (installation) => {
    const folder = resolve(given.text('to'))
    const { tables, files } = await takeBackup(installation.ownerUrl, await openStore(installation.config), folder)
    const rows = sum(Object.values(tables))
    return [`Backed up ${rows} rows of ${Object.keys(tables).length} tables and ${Object.keys(files).length} files to ${folder}.`]
  },
}

export const restore: Command = {
  name: 'restore',
  about:
    'Makes an empty database what a backup was, after looking that the backup is what it was; erases again what was erased since.',
  more: 'With no server running on that database. A new epoch begins, so every page and program that followed before begins anew. What was erased since is known from erased.jsonl in DATA_DIR, and from the files that are named.',
  options: {
    from: { value: '<folder>', about: 'the backup', required: true },
    erased: { value: '<file>', about: 'erased.jsonl of a server, where DATA_DIR is a new one', several: true },
  },
  unmigrated: true,
  prepare: (given) => async (installation) => {
    const { config, ownerUrl } = installation
    const folder = resolve(given.text('from'))
    const erasures = (await Promise.all([ledgerPath(config.dataDir), ...given.all('erased')].map(readErasures))).flat()
    const { at, tables, files } = await restoreBackup(ownerUrl, config.databaseAppUrl, await openStore(config), folder)
    const again = await eraseAgain(installation, new Set(erasures.map(({ comment }) => comment)))
    const { lines, broken } = await verdicts(installation.owner)
    const said = [
      `Restored the backup of ${at}: ${sum(Object.values(tables))} rows, ${Object.keys(files).length} files.`,
      ...(again > 0 ? [`Erased again ${again} comments that were taken back since.`] : []),
      ...lines,
    ]
    if (broken > 0) throw new Failure([...said, 'The journal is not whole.'].join('\n'))
    return [...said, 'The journal is whole.']
  },
}

const eraseAgain = async ({ owner, comments }: Installation, ids: ReadonlySet<string>): Promise<number> => {
  const there = await owner.read(undefined, (transaction) =>
    transaction.comment.findMany({
      where: { id: { in: [...ids] }, withdrawnAt: null },
      select: { id: true, collaborationId: true, partyId: true },
    }),
  )
  for (const { id, collaborationId, partyId } of there)
    await comments.eraseAgain(
      { memberId: undefined, partyId, collaborationId, roles: [], slices: SLICES },
      actOf('withdrawComment'),
      id,
    )
  return there.length
}

import type { File } from '@samsyn/prisma/client'
import { may } from '../access/may.ts'
import { assertNoPersonalNumbers } from '../access/personalNumbers.ts'
import { reads } from '../access/reads.ts'
import type { Viewer } from '../access/viewer.ts'
import { InvalidInput, NotFound } from '../graph/failures.ts'
import { mintedId } from '../journal/mintedId.ts'
import { type Act, Unchanged, type Unit, type UnitOfWork } from '../journal/work.ts'
import { taskPolicy } from '../tasks/tasks.policy.ts'
import { attachToVersionPolicy, filePolicy } from './files.policy.ts'

/** What a file is attached to: one of them. */
export type Place = { readonly taskId: string } | { readonly agreementVersionId: string } | { readonly commentId: string }

/** The verbs of a file. Each is one unit of work and returns the file's id. */
export class FileService {
  readonly #work: UnitOfWork

  constructor(work: UnitOfWork) {
    this.#work = work
  }

  /** Attaches what the member has sent in to a task or a version of the agreement, for all who read that. */
  attach(
    viewer: Viewer,
    act: Act,
    input: { id: string; upload: string; place: Exclude<Place, { commentId: string }> },
  ): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      await assertMayAttach(unit, viewer, input.place)
      return attachTo(unit, viewer, input.place, mintedId(viewer, input.id), input.upload, 'upload')
    })
  }

  /** Takes the file away, for all. Its bytes are gone soon after; that it was there stays in the journal. */
  remove(viewer: Viewer, act: Act, id: string): Promise<string> {
    return this.#work.run(viewer, act, async (unit) => {
      await unit.transaction.$queryRaw`select id from file where id = ${id}::uuid for update`
      const file = await unit.transaction.file.findUnique({ where: { id } })
      if (!file) throw new NotFound('id')
      may(filePolicy, viewer, 'remove', file)
      if (file.removedAt) throw new Unchanged(id)
      await takeAway(unit, file)
      return id
    })
  }
}

/** Attaches, in a unit of work that has asked already whether it may. `field` is what the input calls the upload. */
export const attachTo = async (
  unit: Unit,
  viewer: Viewer,
  place: Place,
  id: string,
  uploadId: string,
  field: string,
): Promise<string> => {
  const { transaction } = unit
  // Held until the end, so that it becomes one file only.
  await transaction.$queryRaw`select id from upload where id = ${uploadId}::uuid for update`
  const upload = await transaction.upload.findUnique({ where: { id: uploadId } })
  const own = upload && reads(viewer, upload) && upload.memberId === viewer.memberId
  if (!own || !upload.storedAt || upload.expiresAt <= new Date()) throw new NotFound(field)
  if ((await transaction.file.count({ where: { ...place, removedAt: null } })) >= MOST_PER_PLACE)
    throw new InvalidInput([{ field, code: 'TOO_MANY', limit: MOST_PER_PLACE }])
  const { name, mediaType, size, hash } = upload
  const { collaborationId, partyId, memberId } = viewer
  const data = { id, collaborationId, partyId, attachedById: memberId, ...place, name, mediaType, size, hash, object: uploadId }
  const file = await transaction.file.create({ data })
  if (file.readers.some((reader) => reader !== viewer.partyId)) assertNoPersonalNumbers({ [field]: name })
  const fresh = (to: string | number) => ({ from: null, to })
  await unit.record('file.attached', file, {
    name: fresh(name),
    mediaType: fresh(mediaType),
    size: fresh(size),
    hash: fresh(hash),
  })
  return file.id
}

/** With a comment that is taken back, its files go. */
export const takeAwayFrom = async (unit: Unit, commentId: string): Promise<void> => {
  const files = await unit.transaction.file.findMany({ where: { commentId, removedAt: null }, orderBy: { id: 'asc' } })
  for (const file of files) await takeAway(unit, file)
}

/** Names of what is attached to a task, for whoever is about to let others read them. */
export const namesOn = async (unit: Unit, taskId: string): Promise<string> => {
  const files = await unit.transaction.file.findMany({ where: { taskId, removedAt: null }, select: { name: true } })
  return files.map(({ name }) => name).join(' / ')
}

const takeAway = async (unit: Unit, file: File): Promise<void> => {
  const { id, version, name } = file
  // Any time will do: the database stamps its own.
  const data = { name: '', version: version + 1, removedAt: file.attachedAt }
  const after = await unit.transaction.file.update({ where: { id }, data })
  await unit.record('file.removed', after, { name: { from: name, to: null } })
}

/** Holds what it is attached to meanwhile, so that its readers stay who they are and its files are counted one at a time. */
const assertMayAttach = async (unit: Unit, viewer: Viewer, place: Exclude<Place, { commentId: string }>): Promise<void> => {
  const { transaction } = unit
  if ('taskId' in place) {
    await transaction.$queryRaw`select id from task where id = ${place.taskId}::uuid for update`
    const task = await transaction.task.findUnique({ where: { id: place.taskId } })
    if (!task || !reads(viewer, task)) throw new NotFound('task')
    return may(taskPolicy, viewer, 'edit', task)
  }
  await transaction.$queryRaw`select id from agreement_version where id = ${place.agreementVersionId}::uuid for update`
  const version = await transaction.agreementVersion.findUnique({ where: { id: place.agreementVersionId } })
  if (!version || !reads(viewer, version)) throw new NotFound('version')
  may(attachToVersionPolicy, viewer, 'attach', version)
}

const MOST_PER_PLACE = 50

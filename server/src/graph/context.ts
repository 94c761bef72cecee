import type { Actor } from '../access/viewer.ts'
import type { ProposalService } from '../agreements/proposals.service.ts'
import type { VersionService } from '../agreements/versions.service.ts'
import type { CalendarService } from '../calendar/calendar.service.ts'
import type { CommentService } from '../comments/comments.service.ts'
import type { Config } from '../config/config.ts'
import type { Database, Transaction } from '../data/database.ts'
import type { FileService } from '../files/files.service.ts'
import type { FileKeeper } from '../files/keeper.ts'
import type { Session } from '../identity/sessions.ts'
import type { KeyService } from '../keys/keys.service.ts'
import type { Program } from '../keys/programs.ts'
import type { Bounds } from '../journal/bounds.ts'
import type { Wire } from '../journal/group.ts'
import type { Hub } from '../journal/hub.ts'
import type { Allowance, Standing } from '../limits/allowance.ts'
import type { Figures } from '../limits/limits.ts'
import type { Relay } from '../journal/relay.ts'
import type { MemberService } from '../members/members.service.ts'
import type { NotificationService } from '../notifications/notifications.service.ts'
import type { PushKeys } from '../notifications/push/keys.ts'
import type { SettingsService } from '../notifications/settings.service.ts'
import type { TaskService } from '../tasks/tasks.service.ts'
import type { VisitService } from '../visits/visits.service.ts'
import type { WebhookService } from '../webhooks/webhooks.service.ts'
import type { Loaders } from './loaders.ts'

/** Guards: what was read in one execution is no answer in another: each has a context of its own. */

/** What lives as long as the server. */
export interface Services {
  readonly config: Config
  readonly database: Database
  readonly relay: Relay
  readonly hub: Hub<Caller>
  readonly bounds: Bounds
  readonly allowance: Allowance
  readonly tasks: TaskService
  readonly comments: CommentService
  readonly members: MemberService
  readonly proposals: ProposalService
  readonly versions: VersionService
  readonly keys: KeyService
  readonly calendars: CalendarService
  readonly notifications: NotificationService
  readonly settings: SettingsService
  readonly pushKeys: PushKeys
  readonly files: FileService
  readonly keeper: FileKeeper
  readonly visits: VisitService
  readonly webhooks: WebhookService
}

/** Who asks, and through which door. */
export interface Caller {
  /** The signed-in person's; undefined for a program. */
  readonly session: Session | undefined
  /** Whoever came with a party's key; undefined for a person. */
  readonly program: Program | undefined
  readonly viewer: Actor | undefined
  /** Whose allowance it is taken from: the person's, the key's, or for nobody the network's. */
  readonly counted: string
  /** The origin by which the caller reached the server, for addresses handed out. */
  readonly origin: string
  /** Looks again, for what lasts longer than a request. Resolves to undefined when the session, the seat or the key is gone. */
  readonly again: () => Promise<Actor | undefined>
  /** The socket and operation by which the caller follows; undefined at the HTTP door. */
  readonly wire?: Wire
  /** What the operation costs, for a caller who asks for it with the answer. */
  readonly price?: { readonly cost: Figures; readonly rateLimit: Standing }
  /** Ends what lasts, because access has ended. */
  readonly end: () => void
  /** Notes a surprise that the caller is not told of. */
  readonly onError: (error: unknown) => void
}

/**
 * One execution's context. Pothos keeps its client per context object, so each execution (each event of a subscription
 * too) has a fresh one.
 */
export interface Context extends Services, Caller {
  /** The transaction of this execution: one snapshot, as the viewer. */
  readonly transaction: Transaction
  readonly load: Loaders
  /** In a mutation: puts reading aside, runs the act to its commit, and reads anew. */
  readonly act: <T>(work: () => Promise<T>) => Promise<T>
}

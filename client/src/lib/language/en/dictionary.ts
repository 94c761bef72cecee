import type { Like } from '../like.ts'
import type { dictionary as sv } from '../sv/dictionary.ts'
import { comments } from './comments.ts'
import { errors } from './errors.ts'
import { events } from './events.ts'
import { outbox } from './outbox.ts'
import { tasks } from './tasks.ts'
import { ui } from './ui.ts'

export const dictionary = { ui, tasks, comments, events, outbox, errors } satisfies Like<typeof sv>

import { comments } from './comments.ts'
import { errors } from './errors.ts'
import { events } from './events.ts'
import { identity } from './identity.ts'
import { members } from './members.ts'
import { outbox } from './outbox.ts'
import { tasks } from './tasks.ts'
import { ui } from './ui.ts'

export const dictionary = { ui, identity, tasks, comments, members, events, outbox, errors }

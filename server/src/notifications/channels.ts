import type { Logger } from 'pino'
import type { Config } from '../config/config.ts'
import type { Services } from '../graph/context.ts'
import type { Channel } from './channel.ts'
import { MailChannel } from './mail/mail.channel.ts'
import { PushChannel } from './push/push.channel.ts'

/** The ways of telling people for which this hub has its settings. */
export const openChannels = ({ mail, push }: Config, services: Services, log: Logger): readonly Channel[] => [
  ...(mail ? [new MailChannel(mail)] : []),
  ...(push ? [new PushChannel(push, services, log)] : []),
]

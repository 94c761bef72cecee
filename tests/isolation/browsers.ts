import { createECDH, randomBytes, randomUUID } from 'node:crypto'
import type { ServerProcess } from '../world/serverProcess.ts'
import type { Player } from './cast.ts'
import { ask } from './doors.ts'
import { list, text } from './json.ts'

/** How a browser is reached. */
export interface Reached {
  readonly endpoint: string
  readonly publicKey: string
  readonly secret: string
}

/** What a browser says of itself: one that nobody has. */
export const aBrowser = (): Reached & Record<string, string> => ({
  endpoint: `https://push.example/${randomUUID()}`,
  publicKey: createECDH('prime256v1').generateKeys('base64url'),
  secret: randomBytes(16).toString('base64url'),
})

/** Names a browser of the player's; resolves to its id and where it is reached. */
export const nameBrowser = async (
  server: ServerProcess,
  player: Player,
  label: string,
  { endpoint, publicKey, secret }: Reached = aBrowser(),
): Promise<{ id: string; endpoint: string }> => {
  const { body } = await ask(
    server,
    player,
    'mutation($input: AddBrowserInput!) { done: addBrowser(input: $input) { ... on SettingsChanged { settings { browsers { id label } } } } }',
    { input: { endpoint, publicKey, secret, label } },
  )
  const named = list(JSON.parse(body), 'data', 'done', 'settings', 'browsers').find((one) => text(one, 'label') === label)
  if (named === undefined) throw new Error(`${player.name} could not name a browser: ${body}`)
  return { id: text(named, 'id'), endpoint }
}

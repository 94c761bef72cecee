import { createECDH, randomBytes, randomUUID } from 'node:crypto'
import type { ServerProcess } from '../world/serverProcess.ts'
import type { Player } from './cast.ts'
import { ask } from './doors.ts'
import { list, text } from './json.ts'

/** What a browser says of itself: one that nobody has. */
export const aBrowser = (): Record<string, string> => ({
  endpoint: `https://push.example/${randomUUID()}`,
  publicKey: createECDH('prime256v1').generateKeys('base64url'),
  secret: randomBytes(16).toString('base64url'),
})

/** Names a browser of the player's; resolves to its id and where it is reached. */
export const nameBrowser = async (
  server: ServerProcess,
  player: Player,
  label: string,
): Promise<{ id: string; endpoint: string }> => {
  const browser = aBrowser()
  const { body } = await ask(
    server,
    player,
    'mutation($input: AddBrowserInput!) { done: addBrowser(input: $input) { ... on SettingsChanged { settings { browsers { id label } } } } }',
    { input: { ...browser, label } },
  )
  const named = list(JSON.parse(body), 'data', 'done', 'settings', 'browsers').find((one) => text(one, 'label') === label)
  if (named === undefined) throw new Error(`${player.name} could not name a browser: ${body}`)
  return { id: text(named, 'id'), endpoint: browser['endpoint'] ?? '' }
}

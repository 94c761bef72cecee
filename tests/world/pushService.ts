import { createHash, createPublicKey, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Actor } from './actor.ts'
import { eventually } from './eventually.ts'
import { type Done, does } from './acts.ts'

const { subtle } = crypto

/** What a push message says, as declarative Web Push has it. */
export interface Notice {
  readonly title: string
  readonly body: string
  readonly lang: string
  readonly navigate: string
  readonly tag: string
}

/** A message as it came: to which browser, under which headers, locked, and as that browser opens it. */
export interface Pushed {
  readonly to: string
  readonly headers: IncomingHttpHeaders
  readonly locked: Buffer
  readonly text: string
  readonly notice: Notice
}

/** What settings say of the browsers that were named. */
interface Named {
  readonly browsers: readonly { readonly id: string; readonly label: string; readonly fingerprint: string }[]
}

/** A browser as its push service knows it: a path, and keys of which the private one is its own. */
class Browser {
  readonly endpoint: string
  readonly publicKey: string
  readonly secret: string
  readonly #keys: CryptoKeyPair
  readonly #auth: Uint8Array<ArrayBuffer>

  private constructor(endpoint: string, keys: CryptoKeyPair, raw: ArrayBuffer) {
    this.endpoint = endpoint
    this.#keys = keys
    this.#auth = crypto.getRandomValues(new Uint8Array(16))
    this.publicKey = Buffer.from(raw).toString('base64url')
    this.secret = Buffer.from(this.#auth).toString('base64url')
  }

  static async make(endpoint: string): Promise<Browser> {
    const keys = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
    return new Browser(endpoint, keys, await subtle.exportKey('raw', keys.publicKey))
  }

  get fingerprint(): string {
    return createHash('sha256').update(this.endpoint).digest('base64url')
  }

  /** Opens what was locked for it. */
  open(locked: Uint8Array): Promise<string> {
    return unlock(locked, this.#keys.privateKey, Buffer.from(this.publicKey, 'base64url'), this.#auth)
  }
}

/** RFC 8291 over RFC 8188, from the other end and by the standard alone: one record, as push messages are. */
export const unlock = async (
  locked: Uint8Array,
  privateKey: CryptoKey,
  ownPublic: Uint8Array,
  auth: Uint8Array<ArrayBuffer>,
): Promise<string> => {
  const body = Uint8Array.from(locked)
  const salt = body.slice(0, 16)
  const length = body[20] ?? 0
  const theirPublic = body.slice(21, 21 + length)
  const theirs = await subtle.importKey('raw', theirPublic, { name: 'ECDH', namedCurve: 'P-256' }, false, [])
  const shared = await subtle.deriveBits({ name: 'ECDH', public: theirs }, privateKey, 256)
  const derive = async (secret: BufferSource, from: Uint8Array<ArrayBuffer>, info: Uint8Array<ArrayBuffer>, bytes: number) =>
    subtle.deriveBits(
      { name: 'HKDF', hash: 'SHA-256', salt: from, info },
      await subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']),
      bytes * 8,
    )
  const said = (text: string, ...more: Uint8Array[]) => Uint8Array.from(Buffer.concat([Buffer.from(`${text}\0`), ...more]))
  const material = await derive(shared, auth, said('WebPush: info', ownPublic, theirPublic), 32)
  const key = await derive(material, salt, said('Content-Encoding: aes128gcm'), 16)
  const nonce = await derive(material, salt, said('Content-Encoding: nonce'), 12)
  const opened = Buffer.from(
    await subtle.decrypt(
      { name: 'AES-GCM', iv: nonce },
      await subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']),
      body.slice(21 + length),
    ),
  )
  // The last record ends with a 2 and then noughts.
  return opened.subarray(0, opened.lastIndexOf(2)).toString('utf8')
}

/** A real push service: takes what is sent to its browsers, checks by whom (RFC 8292), and keeps it. It can be told to refuse. */
export class PushService {
  readonly arrived: Pushed[] = []
  /** What is answered for a browser instead of taking the message. */
  refusing: ((endpoint: string) => number | undefined) | undefined
  /** The hub's key by which browsers were named; messages under another are refused, as push services do. */
  key: string | undefined
  readonly #browsers = new Map<string, Browser>()
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = []
        for await (const chunk of request) chunks.push(chunk as Buffer)
        response.writeHead(await this.#take(`${this.origin}${request.url ?? ''}`, request.headers, Buffer.concat(chunks))).end()
      })()
    })
  }

  static async open(): Promise<PushService> {
    const service = new PushService()
    await once(service.#server.listen(0, '127.0.0.1'), 'listening')
    return service
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The settings of a server that may reach it. */
  get settings(): { readonly PUSH_INSIDE: string; readonly PUSH_CONTACT: string } {
    return { PUSH_INSIDE: this.origin, PUSH_CONTACT: 'mailto:samsyn@samsyn.example' }
  }

  async browser(name: string): Promise<Browser> {
    const browser = await Browser.make(`${this.origin}/${name}`)
    this.#browsers.set(browser.endpoint, browser)
    return browser
  }

  /** Somebody names a new browser of theirs. */
  async named(
    who: Actor,
    name: string,
    label = 'Chrome, Linux',
  ): Promise<{ browser: Browser; settings: Done['subject'] & Named }> {
    const browser = await this.browser(name)
    const { endpoint, publicKey, secret } = browser
    const { subject } = await does(who, 'addBrowser', { endpoint, publicKey, secret, label })
    return { browser, settings: subject as Done['subject'] & Named }
  }

  async #take(to: string, headers: IncomingHttpHeaders, locked: Buffer): Promise<number> {
    const refused = this.refusing?.(to)
    if (refused !== undefined) return refused
    const browser = this.#browsers.get(to)
    if (!browser) return 410
    if (!this.#signed(headers.authorization ?? '')) return 403
    if (locked.length > 4096) return 413
    const text = await browser.open(locked)
    const { notification } = JSON.parse(text) as { notification: Notice }
    this.arrived.push({ to, headers, locked, text, notice: notification })
    return 201
  }

  #signed(authorization: string): boolean {
    const [, head, said, signature, key] = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(authorization) ?? []
    if (!head || !said || !signature || !key || (this.key !== undefined && key !== this.key)) return false
    const point = Buffer.from(key, 'base64url')
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'))
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, format: 'jwk' })
    const { aud, exp, sub } = JSON.parse(Buffer.from(said, 'base64url').toString()) as { aud: string; exp: number; sub: string }
    const seconds = Date.now() / 1_000
    return (
      aud === this.origin &&
      exp > seconds &&
      exp <= seconds + 86_400 &&
      sub === 'mailto:samsyn@samsyn.example' &&
      verify(
        'sha256',
        Buffer.from(`${head}.${said}`),
        { key: publicKey, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      )
    )
  }

  /** What was pushed to a browser. */
  for({ endpoint }: Pick<Browser, 'endpoint'>): Pushed[] {
    return this.arrived.filter(({ to }) => to === endpoint)
  }

  /** The first message of that title to a browser, once it is there. */
  message(browser: Pick<Browser, 'endpoint'>, title: string, within?: number): Promise<Pushed> {
    const found = () => this.for(browser).find(({ notice }) => notice.title === title)
    return eventually(`a message: ${title}`, found, within)
  }

  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((closed) => void this.#server.close(() => closed()))
  }
}

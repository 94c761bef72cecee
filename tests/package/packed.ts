import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A folder outside the workspace, with the packed client installed from its tarball as anybody would, and nothing else. */
export class Outside {
  readonly folder = mkdtempSync(join(tmpdir(), 'samsyn-outside-'))
  readonly #running: ChildProcess[] = []

  async install(): Promise<void> {
    await run('npm', ['pack', '--silent', '--pack-destination', this.folder], { cwd: join(import.meta.dirname, '../../schema') })
    const tarball = readdirSync(this.folder).find((name) => name.endsWith('.tgz'))
    if (!tarball) throw new Error('nothing was packed')
    writeFileSync(join(this.folder, 'package.json'), '{ "private": true, "type": "module" }')
    await run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', `./${tarball}`], { cwd: this.folder })
  }

  take(file: string): void {
    cpSync(file, join(this.folder, file.split('/').at(-1) ?? file))
  }

  /** A script under way there, with all the lines that it has said, each of them JSON. */
  run(script: string, url: string, key: string) {
    const child = spawn(process.execPath, [script, url], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], SAMSYN_KEY: key },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#running.push(child)
    const said: Record<string, unknown>[] = []
    createInterface({ input: child.stdout }).on('line', (line) => said.push(JSON.parse(line) as Record<string, unknown>))
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    return { said, ended, kill: () => child.kill('SIGKILL') }
  }

  /** What the compiler says of a file there; nothing when it has no objection. */
  async compile(file: string): Promise<string> {
    const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc')
    const compilerOptions = { noEmit: true, strict: true, module: 'nodenext', target: 'es2024', types: [] }
    writeFileSync(join(this.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }))
    return run(process.execPath, [tsc, '--pretty', 'false'], { cwd: this.folder }).then(
      ({ stdout }) => stdout,
      ({ stdout }: { stdout: string }) => stdout,
    )
  }

  close(): void {
    for (const child of this.#running) child.kill('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }
}

import pg from 'pg'

/** Runs work on one connection and closes it. */
export const withClient = async <Result>(
  connection: string | pg.ClientConfig,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> => {
  const client = new pg.Client(typeof connection === 'string' ? { connectionString: connection } : connection)
  client.on('error', () => undefined) // A connection that breaks also fails the query under way, which is where we hear of it.
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

export const changeUrl = (url: string, change: { user?: string; password?: string; database?: string }): string => {
  const changed = new URL(url)
  if (change.user !== undefined) changed.username = encodeURIComponent(change.user)
  if (change.password !== undefined) changed.password = encodeURIComponent(change.password)
  if (change.database !== undefined) changed.pathname = `/${encodeURIComponent(change.database)}`
  return changed.href
}

/**
 * A fresh database on the owner's server, and its URL. As `template` give a migrated database that nobody is connected to:
 * copying takes a fraction of migrating.
 */
export const createDatabase = async (ownerUrl: string, name: string, template = 'template0'): Promise<string> => {
  const { escapeIdentifier: id } = pg
  await withClient(changeUrl(ownerUrl, { database: 'postgres' }), (client) =>
    client.query(`create database ${id(name)} template ${id(template)} encoding 'UTF8'`),
  )
  return changeUrl(ownerUrl, { database: name })
}

/**
 * Drops it, whoever is connected. Not with `force`: that wants to end PostgreSQL's own vacuuming too, which only a superuser may
 * and which steps aside by itself.
 */
export const dropDatabase = async (ownerUrl: string, name: string): Promise<void> => {
  await withClient(changeUrl(ownerUrl, { database: 'postgres' }), async (client) => {
    await client.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    )
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)}`)
  })
}

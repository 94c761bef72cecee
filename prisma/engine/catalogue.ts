import { withClient } from './databases.ts'

// What guards the data and is not in the data model: roles, grants, policies, row-level security, functions, triggers,
// constraints and indexes, as text that a reviewer can read. Taken from the system catalogues, so that it says what
// PostgreSQL will do and not what a migration meant.

const ROLES = `
  select format('role %s%s%s%s%s%s%s', rolname,
    case when rolcanlogin then ', may log in' else ', may not log in' end,
    case when rolinherit then ', inherits' else '' end,
    case when rolsuper then ', SUPERUSER' else '' end,
    case when rolbypassrls then ', BYPASSES ROW-LEVEL SECURITY' else '' end,
    case when rolcreaterole then ', creates roles' else '' end,
    coalesce((select ', member of ' || string_agg(parent.rolname, ', ' order by parent.rolname)
      from pg_auth_members join pg_roles parent on parent.oid = roleid where member = role.oid and set_option), '')) as line
  from pg_roles role where rolname in (current_user, 'samsyn_app', 'samsyn_sealer') order by rolname collate "C"`

// Grants of an object as 'grantee: privilege, privilege', without those its owner has anyway.
const grants = (acl: string, owner: string) => `(
  select string_agg(grantee || ': ' || privileges, '; ' order by grantee collate "C") from (
    select coalesce(role.rolname, 'PUBLIC') as grantee,
      string_agg(lower(privilege_type) || case when is_grantable then ' (may pass on)' else '' end, ', ' order by privilege_type) as privileges
    from aclexplode(${acl}) left join pg_roles role on role.oid = grantee where grantee <> ${owner} group by 1) as granted)`

const SCHEMAS = `
  select format('schema %s, owner %s', nspname, pg_get_userbyid(nspowner))
      || coalesce(', ' || ${grants('nspacl', 'nspowner')}, '') as line
  from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by nspname collate "C"`

const DEFAULTS = `
  select format('default privileges of %s on %s%s: %s', pg_get_userbyid(defaclrole), defaclobjtype,
    coalesce(' in ' || (select nspname from pg_namespace n where n.oid = defaclnamespace), ''), ${grants('defaclacl', 'defaclrole')}) as line
  from pg_default_acl order by 1`

const RELATIONS = `
  select * from (
    select relname, 0 as part, '' as name, format(E'\\n%s %s, owner %s, row-level security %s%s',
        case relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialised view' else 'table' end,
        relname, pg_get_userbyid(relowner),
        case when relrowsecurity then 'on' else 'off' end, case when relforcerowsecurity then ', also for the owner' else '' end) as line
      from relation
    union all select relname, 1, '', '  grant ' || ${grants('relacl', 'relowner')} from relation
    union all select relname, 2, attname, format('  grant on %s, %s', attname, ${grants('attacl', 'relowner')})
      from relation join pg_attribute on attrelid = oid where attacl is not null
    union all select relname, 3, polname, format('  policy %s, %s for %s to %s%s%s', polname,
        case when polpermissive then 'permissive' else 'restrictive' end,
        case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
        (select string_agg(coalesce(rolname, 'PUBLIC'), ', ' order by rolname) from unnest(polroles) id left join pg_roles on pg_roles.oid = id),
        coalesce(E'\\n    using ' || pg_get_expr(polqual, polrelid), ''), coalesce(E'\\n    with check ' || pg_get_expr(polwithcheck, polrelid), ''))
      from relation join pg_policy on polrelid = relation.oid
    union all select relname, 4, conname, format('  constraint %s %s', conname, pg_get_constraintdef(pg_constraint.oid))
      from relation join pg_constraint on conrelid = relation.oid where contype <> 'n'
    union all select relname, 5, indexrelid::regclass::text, '  ' || pg_get_indexdef(indexrelid) from relation join pg_index on indrelid = oid
    union all select relname, 6, tgname, '  ' || pg_get_triggerdef(pg_trigger.oid)
        || case tgenabled when 'O' then '' else ' -- NOT IN FORCE (' || tgenabled::text || ')' end
      from relation join pg_trigger on tgrelid = relation.oid where not tgisinternal
  ) as listed where line is not null order by relname collate "C", part, name collate "C"`

const FUNCTIONS = `
  select format(E'\\nfunction %s, owner %s, execute %s\\n%s', p.oid::regprocedure, pg_get_userbyid(proowner),
    coalesce(${grants("coalesce(proacl, acldefault('f', proowner))", 'proowner')}, 'nobody else'),
    regexp_replace(rtrim(pg_get_functiondef(p.oid), E'\\n'), '^', '  ', 'gn')) as line
  from pg_proc p where pronamespace = 'public'::regnamespace and prokind <> 'a' and not exists (
    select from pg_depend where objid = p.oid and classid = 'pg_proc'::regclass and deptype = 'e')
  order by p.oid::regprocedure::text collate "C"`

const EVENTS = `
  select format(E'\\nevent trigger %s on %s executes %s', evtname, evtevent, evtfoid::regprocedure) as line from pg_event_trigger
  union all select format(E'\\nextension %s', extname) from pg_extension where extname <> 'plpgsql' order by 1`

const within = (query: string) => `
  with relation as (
    select * from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
      and relname <> '_prisma_migrations'
      and not exists (select from pg_depend where objid = pg_class.oid and classid = 'pg_class'::regclass and deptype = 'e'))
  ${query}`

const HEAD = `# The database as the migrations leave it, beside prisma/schema: written by \`pnpm --dir prisma drift --write\`, compared by \`pnpm check\`.
# Review a change here as you would a change of the locks.
`

export const readCatalogue = (ownerUrl: string): Promise<string> =>
  withClient(ownerUrl, async (client) => {
    const parts: string[] = []
    for (const query of [ROLES, SCHEMAS, DEFAULTS, within(RELATIONS), FUNCTIONS, EVENTS]) {
      const { rows } = await client.query<{ line: string | null }>(query)
      parts.push(...rows.map(({ line }) => line ?? ''))
    }
    return `${HEAD}\n${parts.join('\n').replace(/[ \t]+$/gm, '')}\n`
  })

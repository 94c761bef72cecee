-- The same text as before, without asking PostgreSQL to plan and run a query for every value in it: a tenth of the time, and it is
-- within the time that the heads are locked.
create or replace function canonical_json(value jsonb) returns text language plpgsql immutable strict parallel safe
set search_path = pg_catalog, public, pg_temp as $$
declare
  kind text := jsonb_typeof(value);
begin
  if kind = 'string' then return to_json(value #>> '{}')::text; end if;
  if kind = 'object' then
    return '{' || coalesce((select string_agg(to_json(key)::text || ':' || canonical_json(item), ',' order by key collate "C")
                            from jsonb_each(value) as each(key, item)), '') || '}';
  end if;
  if kind = 'array' then
    return '[' || coalesce((select string_agg(canonical_json(item), ',' order by number)
                            from jsonb_array_elements(value) with ordinality as each(item, number)), '') || ']';
  end if;
  return value::text;
end $$;

create or replace function canonical_entry(entry journal_entry) returns text language plpgsql stable strict parallel safe
set search_path = pg_catalog, public, pg_temp as $$
begin
  return '{"actor":' || coalesce('"' || entry.actor_id || '"', 'null')
    || ',"at":"' || to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    || '","changes":' || canonical_json(entry.changes)
    || ',"collaboration":"' || entry.collaboration_id || '","id":"' || entry.id
    || '","kind":' || to_json(entry.kind)
    || ',"party":' || coalesce('"' || entry.party_id || '"', 'null')
    || ',"subject":"' || entry.subject_id || '","type":' || to_json(entry.subject_type)
    || ',"version":' || entry.subject_version || '}';
end $$;

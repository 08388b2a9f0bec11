import { sql } from 'kysely';
import type { Query } from '#storage/index.ts';

const TEAMS = 50;
const ASSETS = 5000;
/** Findings of one statement. */
const CHUNK = 5000;

/**
 * Fills an empty database: 50 teams, 5,000 repositories of which a tenth is nobody's, and findings about 2,000 packages and 20,000
 * advisories; one in two is fixed, one in twelve decided. The same each time.
 */
export async function seed(query: Query, findings: number): Promise<void> {
  await sql`insert into team (name) select 'team-' || i from generate_series(1, ${TEAMS}::int) i`.execute(query);
  await sql`
    with numbered as (select id, row_number() over (order by name) as i from team)
    insert into asset (kind, name, team_id, exposure)
    select case when i % 20 = 0 then 'host' else 'repository' end,
      'registry.example/team-' || i % ${TEAMS}::int || '/service-' || i,
      (select id from numbered where numbered.i = g.i % ${Math.ceil(TEAMS * 1.1)}::int + 1),
      (array['internet', 'internal', 'unknown'])[i % 3 + 1]
    from generate_series(1, ${ASSETS}::int) as g(i)`.execute(query);
  await sql`
    insert into artifact (asset_id, digest) select id, 'sha256:' || encode(sha256(id::text::bytea), 'hex') from asset`.execute(
    query,
  );
  for (let start = 0; start < findings; start += CHUNK)
    await seedChunk(query, start, Math.min(findings, start + CHUNK));
  for (const table of ['asset', 'artifact', 'finding', 'finding_tally', 'occurrence'])
    await sql`analyze ${sql.table(table)}`.execute(query);
}

/** `hashint4` mixes the number of the row: columns do not go together. */
async function seedChunk(query: Query, start: number, end: number): Promise<void> {
  await sql`
    with assets as (select array_agg(asset_id order by asset_id) as ids, array_agg(id order by asset_id) as artifacts from artifact),
    row as (
      select i, (hashint4(i) & 1023) as a, (hashint4(i * 7 + 1) & 65535) as b, (hashint4(i * 13 + 5) & 1048575) as c
      from generate_series(${start}::int, ${end - 1}::int) as g(i)),
    written as (
      insert into finding (asset_id, kind, rule, subject, title, severity, state, rank, due_at, first_seen_at, last_seen_at,
        fixed_at, exploited, details)
      select ids[i % ${ASSETS}::int + 1],
        case when b % 10 < 8 then 'vulnerability' when b % 10 = 8 then 'misconfiguration' else 'secret' end,
        'CVE-' || 2015 + c % 12 || '-' || c % 20000 || case when i >= 4000000 then 'x' else '' end,
        'pkg:deb/debian/package-' || (b::bigint * b / 65536) % 2000,
        (array['Buffer overflow in', 'Out-of-bounds read in', 'Use after free in', 'Command injection through'])[b % 4 + 1]
          || ' the ' || (array['parser', 'decoder', 'server', 'driver', 'console'])[c % 5 + 1] || ' of component ' || c % 3000,
        (array['critical', 'high', 'high', 'medium', 'medium', 'medium', 'medium', 'low', 'low', 'unknown'])[a % 10 + 1],
        case when b % 2 = 0 then 'fixed' when b % 12 = 1 then 'accepted' when b % 50 = 3 then 'in-progress' else 'open' end,
        round((c % 10000) / 100.0), 
        timestamptz '2026-11-24' + (b % 200 - 60) * interval '1 day',
        timestamptz '2026-11-24' - (c % 700) * interval '1 day' - i * interval '1 millisecond',
        timestamptz '2026-11-24', case when b % 2 = 0 then timestamptz '2026-11-20' end, c % 100 = 0,
        jsonb_build_object('fixedVersions', jsonb_build_array('1.2.3'), 'summary', repeat('word ', 20))
      from row, assets
      on conflict do nothing
      returning id, asset_id)
    insert into occurrence (finding_id, artifact_id, location, first_seen_at, last_seen_at)
    select written.id, artifact.id, 'var/lib/dpkg/status', timestamptz '2026-11-01', timestamptz '2026-11-24'
    from written join artifact using (asset_id)`.execute(query);
}

import { type Kysely, sql } from 'kysely';

/**
 * What layers bring is kept once, however many artifacts share them: an artifact holds sets, and a set is what one layer left to be
 * seen. What advisories need to be matched again later is kept beside each package.
 */
export async function up(query: Kysely<unknown>): Promise<void> {
  for (const statement of [...packages, ...sets, ...moved, ...artifacts]) await statement.execute(query);
}

const packages = [
  sql`
    alter table package
      -- what matching asks of it beside its name and version: architecture, module stream, who owns it, what is linked
      add column facts jsonb not null default '[]',
      -- keys under which advisories may speak of it: 'npm lodash', 'deb curl'
      add column lookups text[] not null default '{}'`,
  sql`create index package_by_lookup on package using gin (lookups)`,
  sql`create index package_by_purl on package using hash (purl)`,
  sql`
    update package set lookups = array(
      select distinct type || ' ' || one from unnest(array[name, coalesce(source, name)]) as one)`,
];

const sets = [
  sql`
    create table package_set (
      id bigint generated always as identity primary key,
      -- SHA-256 of the layer and all members
      identity bytea not null unique,
      layer text
    )`,
  sql`
    create table package_set_member (
      set_id bigint not null references package_set on delete cascade,
      package_id bigint not null references package,
      -- the record that names it
      path text not null default '',
      primary key (set_id, package_id, path)
    )`,
  sql`create index package_set_member_by_package on package_set_member (package_id, set_id)`,
  sql`
    create table artifact_package_set (
      artifact_id bigint not null references artifact on delete cascade,
      set_id bigint not null references package_set,
      primary key (artifact_id, set_id)
    )`,
  sql`create index artifact_package_set_by_set on artifact_package_set (set_id, artifact_id)`,
];

const moved = [
  sql`alter table artifact_package rename to artifact_package_old`,
  sql`
    create temporary table moved_set on commit drop as
    select artifact_id, layer,
      sha256(convert_to(coalesce(layer, '') || E'\n' || string_agg(package_id || E'\t', E'\n' order by package_id), 'UTF8')) as identity
    from artifact_package_old group by artifact_id, layer`,
  sql`insert into package_set (identity, layer) select distinct identity, layer from moved_set`,
  sql`
    insert into package_set_member (set_id, package_id)
    select distinct package_set.id, old.package_id
    from moved_set join package_set using (identity)
    join artifact_package_old old on old.artifact_id = moved_set.artifact_id and old.layer is not distinct from moved_set.layer`,
  sql`
    insert into artifact_package_set (artifact_id, set_id)
    select moved_set.artifact_id, package_set.id from moved_set join package_set using (identity)`,
  sql`drop table artifact_package_old`,
  sql`
    create view artifact_package as
    select held.artifact_id, member.package_id, package_set.layer, member.path
    from artifact_package_set held join package_set on package_set.id = held.set_id
    join package_set_member member on member.set_id = held.set_id`,
];

const artifacts = [
  sql`
    alter table artifact
      -- named by a tag, run somewhere, or the newest of its stream: what is found in it counts
      add column is_current boolean not null default false,
      -- nothing names it any more; null while it is not known to be so
      add column retired_at timestamptz,
      -- all digests by which it is known: of manifest, index and configuration
      add column digests text[] not null default '{}',
      -- its machine can install what only subscribers get
      add column is_subscribed boolean not null default false,
      -- when its packages were last compared with all advisories, and whether nothing was left out
      add column matched_at timestamptz,
      add column match_complete boolean not null default false,
      -- the same for all artifacts in which a package is judged alike
      add column match_context text`,
  sql`update artifact set digests = array[digest], match_context = md5(coalesce(distribution::text, '') || ' false')`,
  sql`
    update artifact set is_current = true where exists (select from tag where tag.artifact_id = artifact.id and until is null)
      or artifact.id in (select distinct on (asset_id, stream) id from artifact order by asset_id, stream, last_seen_at desc, digest desc)`,
  sql`create index artifact_by_digests on artifact using gin (digests)`,
  sql`create index artifact_unmatched on artifact (id) where is_current and matched_at is null and inventory_at is not null`,
  sql`
    create table advisory_state (
      -- there is one
      id boolean primary key default true check (id),
      checked_at timestamptz,
      applied_at timestamptz,
      -- what the newest update said, and what it changed
      outcome jsonb not null default '{}'
    )`,
];

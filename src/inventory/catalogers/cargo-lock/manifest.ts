import { asMembers, asText, entriesOf, type Members, parseToml } from '#foundation/documents/index.ts';
import type { PackageScope } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { scopesFrom } from '../graph.ts';
import { type PackageRecord, reference } from '../records.ts';

/** What a `Cargo.toml` says of one crate of a workspace. */
export type CrateManifest = {
  readonly name: string;
  /** Crates that are part of what is built. */
  readonly runtime: readonly string[];
  /** Crates that only its tests or its build need. */
  readonly development: readonly string[];
};

/** Undefined for a workspace without a crate of its own. */
export function parseCargoManifest(file: InputFile): CrateManifest | undefined {
  const document = parseToml(file);
  const manifest = document.ok ? asMembers(document.value) : undefined;
  const name = asText(asMembers(manifest?.['package'])?.['name']);
  if (manifest === undefined || name === undefined) return undefined;
  const targets = entriesOf(manifest['target']).map(([, target]) => asMembers(target) ?? {});
  const named = (...kinds: readonly string[]) =>
    [manifest, ...targets].flatMap((table) => kinds.flatMap((kind) => cratesIn(table, kind)));
  return {
    name,
    runtime: named('dependencies'),
    development: named('dev-dependencies', 'dev_dependencies', 'build-dependencies', 'build_dependencies'),
  };
}

/** `cfg = { package = "cfg-if", version = "1" }` is the crate `cfg-if`. */
function cratesIn(table: Members, kind: string): string[] {
  return entriesOf(table[kind]).map(([key, value]) => asText(asMembers(value)?.['package']) ?? key);
}

/** What each crate is needed for: what no crate of the workspace needs but to be tested or built is for development. */
export function withScopes(
  records: readonly PackageRecord[],
  manifests: readonly CrateManifest[],
): readonly PackageRecord[] {
  if (manifests.length === 0) return records;
  const byName = new Map(manifests.map((manifest) => [manifest.name, manifest]));
  const needs = new Map<string, readonly string[]>();
  const roots = { runtime: [] as string[], optional: [], development: [] as string[] };
  for (const record of records) {
    const { dependencies = [], relation } = record;
    const isLeft = relation === 'root' ? onlyDeveloped(byName.get(record.name)) : () => false;
    const runtime = dependencies.filter((need) => !isLeft(need));
    needs.set(reference(record), runtime);
    if (relation !== 'root') continue;
    roots.runtime.push(reference(record), ...runtime);
    roots.development.push(...dependencies.filter(isLeft));
  }
  const scopes = scopesFrom(roots, (id) => needs.get(id) ?? []);
  return records.map((record) => withScope(record, scopes.get(reference(record))));
}

function onlyDeveloped(manifest: CrateManifest | undefined): (reference: string) => boolean {
  const runtime = new Set(manifest?.runtime);
  const development = new Set(manifest?.development);
  return (need) => {
    const name = need.slice(0, need.lastIndexOf('@'));
    return development.has(name) && !runtime.has(name);
  };
}

function withScope(record: PackageRecord, scope: PackageScope | undefined): PackageRecord {
  return scope === undefined || scope === 'runtime' || record.relation === 'root' ? record : { ...record, scope };
}

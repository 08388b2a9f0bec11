import { asList, asMembers, asText, parseToml, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type ParsedRecords, RecordCollector, reference } from '../records.ts';

interface Crate {
  readonly name: string;
  readonly version: string;
  /** Absent for a crate of the workspace, or of a path beside it. */
  readonly source?: string;
  readonly needs: readonly string[];
}

/**
 * `[[package]]` tables. A dependency is a name, with the version where one name has several, with the source where that
 * is not enough; version 1 always writes all three and has the workspace's crate apart, in `[root]`.
 */
export function parseCargoLock(file: InputFile): ParsedRecords {
  const collector = new RecordCollector(file, 'cargo-lock', 'Cargo lock file');
  const document = parseToml(file);
  const members = document.ok ? asMembers(document.value) : undefined;
  if (members === undefined) {
    collector.unreadable(document.ok ? 'is no table' : document.error);
    return collector.result();
  }
  const crates = [members['root'], ...(asList(members['package']) ?? [])].flatMap((table) => crateOf(table, collector));
  const find = finder(crates);
  const direct = new Set(crates.filter(isOwn).flatMap(({ needs }) => needs.flatMap((need) => find(need) ?? [])));
  for (const crate of crates) {
    const { name, version, source } = crate;
    const relation = isOwn(crate) ? 'root' : direct.has(crate) ? 'direct' : 'transitive';
    const dependencies = crate.needs.flatMap((need) => find(need) ?? []).map(reference);
    collector.add({ name, version, relation, dependencies, ...originOf(source) });
  }
  return collector.result();
}

function isOwn({ source }: Crate): boolean {
  return source === undefined;
}

function crateOf(table: unknown, collector: RecordCollector): Crate[] {
  const members = asMembers(table);
  if (members === undefined) return [];
  const name = asText(members['name']) ?? '';
  const version = asText(members['version']) ?? '';
  const source = asText(members['source']);
  if (name === '' || version === '') {
    collector.unusable(name);
    return [];
  }
  return [{ name, version, ...(source !== undefined && { source }), needs: textsOf(members['dependencies']) }];
}

/** Finds what `name`, `name version` or `name version (source)` means. */
function finder(crates: readonly Crate[]): (need: string) => Crate | undefined {
  const byName = new Map(crates.map((crate) => [crate.name, crate]));
  const byVersion = new Map(crates.map((crate) => [`${crate.name} ${crate.version}`, crate]));
  return (need) => {
    const [name = '', version] = need.split(' ', 3);
    return version === undefined ? byName.get(name) : byVersion.get(`${name} ${version}`);
  };
}

const CRATES_IO =
  /^(?:registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index|sparse\+https:\/\/index\.crates\.io\/?)$/;

/** Where a crate comes from when not from crates.io: advisories speak of the crates there. */
function originOf(source: string | undefined): { qualifiers?: Record<string, string> } {
  if (source === undefined || CRATES_IO.test(source)) return {};
  if (source.startsWith('git+')) return { qualifiers: { vcs_url: source } };
  return { qualifiers: { repository_url: source.replace(/^(?:registry|sparse)\+/, '') } };
}

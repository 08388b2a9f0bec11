import type { Problem } from '#foundation/index.ts';
import type { Package } from '#model/index.ts';
import type { Assembly, Cataloger, FilePattern, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution } from '../attribution.ts';
import { type PageSum, readDatabase } from './database.ts';
import type { RpmRecord } from './header.ts';
import { journalProblem, type LogFragment, pendingProblem, readLog } from './journal.ts';
import { parseManifest } from './manifest.ts';
import { identity, toPackage } from './package.ts';

type RpmFragment =
  | { readonly kind: 'database'; readonly records: readonly RpmRecord[]; readonly pages?: readonly PageSum[] }
  | LogFragment;

const MiB = 1024 * 1024;
const directories = ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm'];
const names = ['Packages', 'Packages.db', 'rpmdb.sqlite', 'rpmdb.sqlite-wal', 'rpmdb.sqlite-journal'];
const files: readonly FilePattern[] = [
  ...directories.flatMap((directory) =>
    names.map((name) => ({ kind: 'path', path: `${directory}/${name}`, maxBytes: 512 * MiB }) as const),
  ),
  { kind: 'path', path: 'var/lib/rpmmanifest/container-manifest-2', maxBytes: 16 * MiB },
];

/**
 * Packages of Red Hat, SUSE and their relatives, in each form that rpm has kept its database in. The keys that rpm keeps
 * among them under the name `gpg-pubkey` are no packages and are left out.
 */
export const rpmDb: Cataloger<RpmFragment> = {
  id: 'rpm-db',
  title: 'RPM packages in the rpm database',
  references: [
    'https://rpm-software-management.github.io/rpm/manual/format_header.html',
    'https://rpm-software-management.github.io/rpm/manual/tags.html',
    'https://www.sqlite.org/fileformat2.html',
  ],
  maturity: 'stable',
  type: 'rpm',
  evidence: 'installed',
  revision: 1,
  files,
  read,
  assemble,
};

function read(file: InputFile): Reading<RpmFragment> {
  if (file.path.endsWith('-wal')) return readLog(file);
  if (file.path.endsWith('-journal')) return { problems: journalProblem(file) };
  if (file.path.endsWith('container-manifest-2')) return readManifest(file);
  const { problems, ...database } = readDatabase(file);
  const known = database.records.length > 0 || database.pages !== undefined;
  return known ? { fragment: { kind: 'database', ...database }, problems } : { problems };
}

function readManifest(file: InputFile): Reading<RpmFragment> {
  const { records, unreadable } = parseManifest(file.text());
  const message = 'A line of the rpm manifest could not be read; a package may be missing.';
  const problem: Problem = {
    code: 'rpm-manifest-unreadable',
    message,
    effect: 'incomplete',
    subject: file.path,
    count: unreadable,
  };
  const problems = unreadable > 0 ? [problem] : [];
  return records.length > 0 ? { fragment: { kind: 'database', records }, problems } : { problems };
}

type Visible = VisibleFragment<RpmFragment>;

/** Database directories are often links to one another: a package that is found in two places is taken once. */
function assemble(fragments: readonly Visible[]): Assembly {
  const packages = new Map<string, { package: Package; path: string; layer: number }>();
  const layerOf = attribution<RpmFragment>((fragment) => recordsOf(fragment).map(identity));
  const outdated = new Set(fragments.filter(holdsDatabase).map(({ path }) => databaseOf(path)));
  for (const visible of fragments) {
    if (outdated.has(visible.path)) continue;
    for (const record of recordsOf(visible.fragment)) {
      const key = identity(record);
      if (packages.has(key) || record.name === 'gpg-pubkey') continue;
      packages.set(key, { package: toPackage(record), path: visible.path, layer: layerOf(visible, key) });
    }
  }
  const found = [...packages.values()];
  return { packages: found, problems: [...pendingChanges(fragments), ...differingDatabases(found)] };
}

function recordsOf(fragment: RpmFragment): readonly RpmRecord[] {
  return fragment.records ?? [];
}

/** A write-ahead log that is the whole database: the file beside it is out of date. */
function holdsDatabase({ fragment }: Visible): boolean {
  return fragment.kind === 'log' && fragment.records !== undefined;
}

function databaseOf(logPath: string): string {
  return logPath.slice(0, -'-wal'.length);
}

function pendingChanges(fragments: readonly Visible[]): Problem[] {
  const problems: Problem[] = [];
  for (const { path, fragment } of fragments) {
    if (fragment.kind !== 'log' || fragment.records !== undefined) continue;
    const database = fragments.find((other) => other.path === databaseOf(path))?.fragment;
    const problem = pendingProblem(path, database?.pages ?? [], fragment);
    if (problem) problems.push(problem);
  }
  return problems;
}

function differingDatabases(found: readonly { path: string }[]): Problem[] {
  const paths = [...new Set(found.map(({ path }) => path))];
  const [, subject] = paths;
  if (subject === undefined) return [];
  const message = `Several rpm databases list different packages (${paths.join(', ')}); the packages of all are reported, some may no longer be installed.`;
  return [{ code: 'rpm-databases-differ', message, effect: 'degraded', subject }];
}

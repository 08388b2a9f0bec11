import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution, recordKey } from '../attribution.ts';
import { directoryOf, nearest } from '../manifest.ts';
import { isProjectManifest } from '../npm-manifest.ts';
import type { RecordsFragment } from '../records.ts';
import { apart, type Remark } from '../requests.ts';
import { parseProjectFile } from './parse.ts';

type ProjectFragment = RecordsFragment & {
  readonly isWorkspace?: true;
  readonly isLock?: true;
  readonly remarks?: readonly Remark[];
};

const LOCKS = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
];

/** What projects ask npm, Yarn, pnpm, Bun or Deno for, where no lock file tells what they got. */
export const packageJson: Cataloger<ProjectFragment> = {
  id: 'package-json',
  title: 'Packages of npm that projects without a lock file ask for',
  references: ['https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies', 'https://pnpm.io/workspaces'],
  maturity: 'stable',
  type: 'npm',
  evidence: 'declared',
  revision: 1,
  files: [
    { kind: 'name', name: 'package.json', maxBytes: 4 * 1024 * 1024 },
    { kind: 'name', name: 'pnpm-workspace.yaml', maxBytes: 4 * 1024 * 1024 },
    ...LOCKS.map((name) => ({ kind: 'name', name, maxBytes: 64 * 1024 * 1024 }) as const),
  ],
  read,
  assemble,
};

function read(file: InputFile): Reading<ProjectFragment> {
  if (file.size === 0) return { problems: [] };
  if (LOCKS.some((name) => file.path.endsWith(name))) return { fragment: { packages: [], isLock: true }, problems: [] };
  if (file.path.endsWith('.yaml')) return { fragment: { packages: [], isWorkspace: true }, problems: [] };
  if (!isProjectManifest(file.path)) return { problems: [] };
  const { packages, problems: all, isWorkspace } = parseProjectFile(file);
  const { problems, remarks } = apart(all);
  if (packages.length === 0 && !isWorkspace) return { problems };
  const more = { ...(isWorkspace && { isWorkspace }), ...(remarks.length > 0 && { remarks }) };
  return { fragment: { packages, ...more }, problems };
}

function assemble(fragments: readonly VisibleFragment<ProjectFragment>[]): Assembly {
  const directories = (is: (fragment: ProjectFragment) => boolean | undefined) =>
    new Set(fragments.filter(({ fragment }) => is(fragment)).map(({ path }) => directoryOf(path)));
  const locks = directories(({ isLock }) => isLock);
  const workspaces = directories(({ isWorkspace }) => isWorkspace);
  const layerOf = attribution<ProjectFragment>(({ packages }) => packages.map(recordKey));
  const counted = fragments.filter(({ path }) => !isLocked(directoryOf(path), locks, workspaces));
  const packages = counted.flatMap((visible) =>
    visible.fragment.packages.map((record) => ({
      package: { type: 'npm' as const, licences: [], ...record },
      path: visible.path,
      layer: layerOf(visible, recordKey(record)),
    })),
  );
  return { packages, problems: counted.flatMap(({ fragment: { remarks = [] } }) => remarks) };
}

/** A lock file speaks for the project beside it, and for those below when they are one workspace. */
function isLocked(directory: string, locks: ReadonlySet<string>, workspaces: ReadonlySet<string>): boolean {
  const lock = nearest(directory, locks);
  return lock === directory || (lock !== undefined && workspaces.has(lock));
}

import { type Problem, ProblemLog } from '#foundation/index.ts';
import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../../cataloger.ts';
import { attribution } from '../attribution.ts';
import { directoryOf } from '../manifest.ts';
import { RecordCollector } from '../records.ts';
import { type BuildFile, parseBuildFile } from './parse.ts';
import { type LocatedBuildFile, referencesOf, SHARED, SharedFiles } from './resolve.ts';

type ProjectFragment = { readonly file: BuildFile } | { readonly isLock: true };

const maxBytes = 16 * 1024 * 1024;
const PROJECTS = ['.csproj', '.fsproj', '.vbproj'];
const LOCKS = ['packages.lock.json', 'project.assets.json'];

/**
 * What .NET projects ask for by name, with the versions and properties of `Directory.Packages.props` and `Directory.Build.props`
 * above them. Where a lock file or the result of a restore is at hand, that tells all they get. Conditions are not evaluated:
 * each reference and each version counts.
 */
export const csproj: Cataloger<ProjectFragment> = {
  id: 'csproj',
  title: 'NuGet packages that .NET projects ask for (csproj, fsproj, vbproj)',
  references: [
    'https://learn.microsoft.com/en-us/nuget/consume-packages/package-references-in-project-files',
    'https://learn.microsoft.com/en-us/nuget/consume-packages/central-package-management',
    'https://learn.microsoft.com/en-us/visualstudio/msbuild/customize-by-directory',
  ],
  maturity: 'stable',
  type: 'nuget',
  evidence: 'declared',
  revision: 1,
  files: [
    ...PROJECTS.map((suffix) => ({ kind: 'suffix', suffix, maxBytes }) as const),
    ...SHARED.map((name) => ({ kind: 'name', name, maxBytes }) as const),
    ...LOCKS.map((name) => ({ kind: 'name', name, maxBytes: 128 * 1024 * 1024 }) as const),
  ],
  read,
  assemble,
};

function read(file: InputFile): Reading<ProjectFragment> {
  if (file.size === 0) return { problems: [] };
  if (LOCKS.some((name) => file.path.endsWith(name))) return { fragment: { isLock: true }, problems: [] };
  const parsed = parseBuildFile(file);
  if (parsed.ok) return { fragment: { file: parsed.value }, problems: [] };
  const message = `A .NET project file could not be read (it ${parsed.error}); its packages are missing.`;
  return { problems: [{ code: 'csproj-unreadable', message, effect: 'incomplete', subject: file.path }] };
}

function assemble(fragments: readonly VisibleFragment<ProjectFragment>[]): Assembly {
  const locked = new Set(fragments.flatMap(({ path, fragment }) => ('isLock' in fragment ? [lockedBy(path)] : [])));
  const files = fragments.flatMap(({ path, fragment, layer }) =>
    'file' in fragment ? [{ path, file: fragment.file, layer }] : [],
  );
  const shared = new SharedFiles(files.filter(({ path }) => !isProject(path)));
  const problems = new ProblemLog();
  const layerOf = attribution<ProjectFragment>((fragment) => ('file' in fragment ? namesIn(fragment.file) : []));
  const packages = fragments.flatMap((visible) => {
    const { path, fragment } = visible;
    if (!('file' in fragment) || !isProject(path) || locked.has(directoryOf(path))) return [];
    const found = recordsOf({ path, file: fragment.file }, shared, problems);
    return found.map((record) => ({
      package: { type: 'nuget' as const, licences: [], ...record },
      path,
      layer: layerOf(visible, record.name),
    }));
  });
  return { packages, problems: problems.list() };
}

/** The result of a restore lies in `obj` below its project. */
function lockedBy(path: string): string {
  const directory = directoryOf(path);
  return path.endsWith('project.assets.json') ? directoryOf(directory.slice(0, -1)) : directory;
}

function isProject(path: string): boolean {
  return PROJECTS.some((suffix) => path.endsWith(suffix));
}

function namesIn({ references }: BuildFile): string[] {
  return references.map(({ name }) => name);
}

function recordsOf(project: LocatedBuildFile, shared: SharedFiles, log: { add(problem: Problem): void }) {
  const collector = new RecordCollector(project, 'csproj', '.NET project file');
  for (const { version, ...record } of referencesOf(project, shared)) {
    if (version === '') collector.unpinned(record);
    else collector.add({ ...record, version });
  }
  const { packages, problems } = collector.result();
  for (const problem of problems) log.add(problem);
  return packages;
}

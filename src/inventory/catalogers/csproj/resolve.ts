import { expanded, pinned } from '../msbuild.ts';
import type { PackageRecord } from '../records.ts';
import { directoriesAbove } from '../requests.ts';
import type { BuildFile, BuildItem } from './parse.ts';

export interface LocatedBuildFile {
  readonly path: string;
  readonly file: BuildFile;
}

/** Files of the directories above that a project takes in by itself, nearest first. */
export class SharedFiles {
  readonly #byPath: ReadonlyMap<string, LocatedBuildFile>;

  constructor(files: readonly LocatedBuildFile[]) {
    this.#byPath = new Map(files.map((file) => [file.path, file]));
  }

  /** MSBuild takes in the nearest of each name, which by custom takes in the next one above itself. */
  above(path: string): LocatedBuildFile[] {
    return directoriesAbove(path).flatMap((directory) =>
      SHARED.flatMap((name) => this.#byPath.get(`${directory}${name}`) ?? []),
    );
  }
}

export const SHARED = ['Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props'];

/** What one project asks for, its versions completed from the files above it. */
export function referencesOf(project: LocatedBuildFile, shared: SharedFiles): PackageRecord[] {
  const line = [project, ...shared.above(project.path)];
  const properties = line.map(({ file }) => new Map(file.properties));
  const property = (name: string) => properties.find((known) => known.has(name))?.get(name);
  const central = versionsIn(line, property);
  return line
    .flatMap(({ file }) => file.references)
    .flatMap((item) => {
      const name = expanded(item.name, property);
      if (!name) return [];
      return versionsFor(item, central.get(name.toLowerCase()), property).map((version) => ({
        name,
        version,
        relation: 'direct' as const,
        ...(item.isPrivate && { scope: 'development' as const }),
      }));
    });
}

type Property = (lowerName: string) => string | undefined;

/** Versions by name in lower case. Under different conditions there may be several, of the nearest file that has any. */
function versionsIn(line: readonly LocatedBuildFile[], property: Property): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { file } of line) {
    const here = new Map<string, string[]>();
    for (const { name, version } of file.versions) {
      const key = expanded(name, property)?.toLowerCase();
      const text = pinned(expanded(version, property));
      if (key !== undefined && text !== undefined)
        here.set(key, [...(here.get(key) ?? []), text].slice(0, MAX_VERSIONS));
    }
    for (const [key, versions] of here) if (!found.has(key)) found.set(key, versions);
  }
  return found;
}

const MAX_VERSIONS = 20;

/** The empty text when the version is open or nothing tells it. */
function versionsFor(item: BuildItem, central: readonly string[] | undefined, property: Property): readonly string[] {
  if (item.version !== undefined) return [pinned(expanded(item.version, property)) ?? ''];
  return central ?? [''];
}

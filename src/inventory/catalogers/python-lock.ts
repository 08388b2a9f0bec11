import { asList, asMembers, asText, type Members, parseToml } from '#foundation/documents/index.ts';
import type { InputFile } from '../cataloger.ts';
import { normalisedName } from './python-requirement.ts';
import { type RecordCollector, reference } from './records.ts';

/** A package of a TOML lock file with its own table. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly table: Members;
}

export interface PythonLock {
  readonly document: Members;
  readonly packages: readonly LockedPackage[];
}

/** Reads the list of packages that poetry.lock, pdm.lock, uv.lock (`package`) and pylock.toml (`packages`) are. */
export function readPythonLock(file: InputFile, list: string, records: RecordCollector): PythonLock | undefined {
  const toml = parseToml(file);
  const document = toml.ok ? asMembers(toml.value) : undefined;
  if (!toml.ok) records.unreadable(toml.error);
  if (document === undefined) return undefined;
  const packages = (asList(document[list]) ?? []).flatMap((item) => {
    const table = asMembers(item);
    const name = asText(table?.['name']);
    if (table && name) return [{ name, version: asText(table['version']) ?? '', table }];
    records.unusable(name);
    return [];
  });
  return { document, packages };
}

/** Finds packages by name, however it is spelt, and by version where one is said. */
export class PackageIndex {
  readonly #byName: ReadonlyMap<string, LockedPackage[]>;
  readonly #byVersion: ReadonlyMap<string, LockedPackage[]>;

  constructor(packages: readonly LockedPackage[]) {
    this.#byName = Map.groupBy(packages, ({ name }) => normalisedName(name));
    this.#byVersion = Map.groupBy(packages, ({ name, version }) => `${normalisedName(name)}\0${version}`);
  }

  /** Where several versions are locked for different environments, all of them. */
  references(name: string, version?: string): string[] {
    const key = normalisedName(name);
    const found = version === undefined ? this.#byName.get(key) : this.#byVersion.get(`${key}\0${version}`);
    return (found ?? []).slice(0, MAX_VERSIONS).map(reference);
  }
}

const MAX_VERSIONS = 20;

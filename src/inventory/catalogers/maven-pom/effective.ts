import type { Pom, PomDependency, PomParent } from './parse.ts';

export interface LocatedPom {
  readonly path: string;
  readonly pom: Pom;
}

/** A dependency after inheritance, management and properties. */
export interface ResolvedDependency {
  /** `group:artifact`. */
  readonly name: string;
  /** Absent when the files at hand do not tell. */
  readonly version?: string;
  readonly scope: 'runtime' | 'development' | 'optional';
}

export interface EffectivePom {
  readonly name: string;
  readonly version: string;
  readonly licences: readonly string[];
  readonly dependencies: readonly ResolvedDependency[];
}

const MAX_ANCESTORS = 32;
/** Items that projects inherit or import, in all: a thousand projects that inherit ten thousand each are no build. */
const MAX_INHERITED = 2_000_000;
const MAX_ROUNDS = 12;
const MAX_TEXT = 1000;

type Properties = (name: string) => string | undefined;

/** What is known about the versions of dependencies, by `group:artifact`. */
type Managed = ReadonlyMap<string, PomDependency>;

/** Finds parents and imported lists of versions among the files of the same tree: beside each other or in a local repository. */
export class PomResolver {
  readonly #byPath: ReadonlyMap<string, LocatedPom>;
  readonly #byCoordinates = new Map<string, LocatedPom>();
  readonly #ownProperties = new Map<LocatedPom, ReadonlyMap<string, string>>();
  readonly #managed = new Map<LocatedPom, Managed>();
  #inherited = 0;

  constructor(poms: readonly LocatedPom[]) {
    this.#byPath = new Map(poms.map((located) => [located.path, located]));
    for (const located of poms) {
      const properties = this.#properties(located);
      const { group, version } = ownCoordinates(located.pom, properties);
      this.#byCoordinates.set(`${group}:${located.pom.artifact}:${version}`, located);
    }
  }

  resolve(located: LocatedPom): EffectivePom {
    const properties = this.#properties(located);
    const managed = this.#managedOf(located, new Set());
    const seen = new Map<string, ResolvedDependency>();
    for (const { pom } of this.#ancestry(located)) {
      if (!this.#mayInherit(pom.dependencies.length)) break;
      for (const dependency of pom.dependencies) {
        const resolved = resolveDependency(dependency, managed, properties);
        if (!seen.has(resolved.name)) seen.set(resolved.name, resolved);
      }
    }
    const { group, version } = ownCoordinates(located.pom, properties);
    const { artifact, licences } = located.pom;
    return {
      name: group === '' ? artifact : `${group}:${artifact}`,
      version,
      licences,
      dependencies: [...seen.values()],
    };
  }

  /** The project, its parent, and so on as far as the files at hand reach. */
  #ancestry(located: LocatedPom): LocatedPom[] {
    const line = [located];
    for (let at = this.#parentOf(located); at !== undefined && line.length < MAX_ANCESTORS; at = this.#parentOf(at)) {
      if (line.includes(at)) break;
      line.push(at);
    }
    return line;
  }

  #parentOf({ path, pom }: LocatedPom): LocatedPom | undefined {
    const { parent } = pom;
    if (parent === undefined) return undefined;
    const beside = relativePaths(path, parent.relativePath).map((candidate) => this.#byPath.get(candidate));
    const found = beside.find((candidate) => candidate !== undefined && isParent(candidate.pom, parent));
    return found ?? this.#byCoordinates.get(`${parent.group}:${parent.artifact}:${parent.version}`);
  }

  /** Those of the project go before its parent's; `project.*` is the project itself wherever the property is used. */
  #properties(located: LocatedPom): Properties {
    const own = projectProperties(located.pom);
    const line = this.#ancestry(located).map((each) => this.#propertiesOf(each));
    return (name) => own.get(name) ?? line.find((properties) => properties.has(name))?.get(name);
  }

  #propertiesOf(located: LocatedPom): ReadonlyMap<string, string> {
    const known = this.#ownProperties.get(located) ?? new Map(located.pom.properties);
    this.#ownProperties.set(located, known);
    return known;
  }

  /** False when the projects at hand inherit more than any build does; what is left out then is said. */
  #mayInherit(items: number): boolean {
    this.#inherited += items;
    return !this.isExhausted;
  }

  get isExhausted(): boolean {
    return this.#inherited > MAX_INHERITED;
  }

  /** What is nearest counts; what is written out goes before what is imported. */
  #managedOf(located: LocatedPom, open: Set<LocatedPom>): Managed {
    const known = this.#managed.get(located);
    if (known !== undefined) return known;
    if (open.has(located)) return new Map();
    open.add(located);
    const properties = this.#properties(located);
    const line = this.#ancestry(located).filter(({ pom }) => this.#mayInherit(pom.managed.length));
    const written = line.flatMap(({ pom }) => pom.managed.map((item) => expandedAll(item, properties)));
    const managed = new Map<string, PomDependency>();
    const add = (name: string, item: PomDependency) => managed.has(name) || managed.set(name, item);
    for (const item of written) if (item.scope !== 'import') add(`${item.group}:${item.artifact}`, item);
    for (const item of written) {
      if (item.scope !== 'import') continue;
      const imported = this.#byCoordinates.get(`${item.group}:${item.artifact}:${item.version}`);
      const list = imported === undefined ? new Map() : this.#managedOf(imported, open);
      if (this.#mayInherit(list.size)) for (const [name, value] of list) add(name, value);
    }
    open.delete(located);
    this.#managed.set(located, managed);
    return managed;
  }
}

function projectProperties({ group, artifact, version, parent }: Pom): ReadonlyMap<string, string> {
  const own: readonly (readonly [string, string | undefined])[] = [
    ['groupId', group ?? parent?.group],
    ['artifactId', artifact],
    ['version', version ?? parent?.version],
    ['parent.groupId', parent?.group],
    ['parent.artifactId', parent?.artifact],
    ['parent.version', parent?.version],
  ];
  const known = own.filter((item): item is readonly [string, string] => item[1] !== undefined);
  return new Map(
    known.flatMap(([name, value]) => [[`project.${name}`, value] as const, [`pom.${name}`, value] as const]),
  );
}

function ownCoordinates(pom: Pom, properties: Properties): { group: string; version: string } {
  return {
    group: expanded(pom.group ?? pom.parent?.group, properties) ?? '',
    version: expanded(pom.version ?? pom.parent?.version, properties) ?? '',
  };
}

/** Maven takes a file beside the project only when it is the parent that the project names. */
function isParent(pom: Pom, { group, artifact, version }: PomParent): boolean {
  const itsGroup = pom.group ?? pom.parent?.group ?? '';
  const itsVersion = pom.version ?? pom.parent?.version ?? '';
  const isSame = (its: string, asked: string) => its === asked || its.includes('${') || asked.includes('${');
  return pom.artifact === artifact && isSame(itsGroup, group) && isSame(itsVersion, version);
}

/** Where a relative path leads: to a file, or to the `pom.xml` of a directory. Nowhere when it leaves the tree. */
function relativePaths(path: string, relativePath: string): string[] {
  if (relativePath === '') return [];
  const parts = path.split('/').slice(0, -1);
  for (const part of relativePath.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return [];
  }
  const joined = parts.join('/');
  return [joined, joined === '' ? 'pom.xml' : `${joined}/pom.xml`];
}

function resolveDependency(written: PomDependency, managed: Managed, properties: Properties): ResolvedDependency {
  const dependency = expandedAll(written, properties);
  const name = `${dependency.group}:${dependency.artifact}`;
  const known = managed.get(name);
  const version = pinned(written.version === undefined ? known?.version : dependency.version);
  const scope = dependency.scope ?? known?.scope ?? 'compile';
  const isOptional = (dependency.optional ?? known?.optional) === 'true' || dependency.profile === 'off';
  return { name, ...(version !== undefined && { version }), scope: scopeOf(scope, isOptional) };
}

/** What the environment provides is not part of the product. */
function scopeOf(scope: string, isOptional: boolean): ResolvedDependency['scope'] {
  if (scope === 'test' || scope === 'provided' || scope === 'system') return 'development';
  return isOptional ? 'optional' : 'runtime';
}

/** `[1.2]` is exactly this version, `1.2` this one unless something else asks for another; ranges leave it open. */
function pinned(version: string | undefined): string | undefined {
  const exact = /^\[([^,[\]()]+)\]$/.exec(version ?? '')?.[1]?.trim() ?? version;
  return exact === undefined || /[[\](),\s]|\$\{|^(?:LATEST|RELEASE)$/.test(exact) ? undefined : exact;
}

/** A member that cannot be expanded stays as it is written, a version is left out. */
function expandedAll(item: PomDependency, properties: Properties): PomDependency {
  if (!hasProperties(item)) return item;
  const { version, ...rest } = item;
  const whole = expanded(version, properties);
  return {
    ...rest,
    group: expanded(item.group, properties) ?? item.group,
    artifact: expanded(item.artifact, properties) ?? item.artifact,
    ...(item.scope !== undefined && { scope: expanded(item.scope, properties) ?? item.scope }),
    ...(whole !== undefined && { version: whole }),
  };
}

function hasProperties({ group, artifact, version = '', scope = '' }: PomDependency): boolean {
  return [group, artifact, version, scope].some((text) => text.includes('${'));
}

const PROPERTY = /\$\{([^${}]+)\}/g;

/** `${name}` replaced; undefined when one is not known, or each leads to another. */
function expanded(text: string | undefined, properties: Properties): string | undefined {
  let value = text?.trim();
  for (let round = 0; value?.includes('${'); round++) {
    if (round === MAX_ROUNDS || value.length > MAX_TEXT) return undefined;
    const names = [...value.matchAll(PROPERTY)].map(([, name = '']) => name);
    if (names.length === 0 || names.some((name) => properties(name) === undefined)) return undefined;
    value = value.replace(PROPERTY, (_, name: string) => properties(name) ?? '');
  }
  return value;
}

import { type Problem, ProblemLog } from '#foundation/index.ts';
import type { LinkedSymbols, Package, PackageScope, PackageType, PathList } from '#model/index.ts';
import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../cataloger.ts';
import { attribution, recordKey } from './attribution.ts';

/** A package as a file that lists packages, or describes one, has it. Members as in `Package`. */
export type PackageRecord = {
  readonly name: string;
  readonly version: string;
  /** The cataloger's type when absent. */
  readonly type?: PackageType;
  readonly architecture?: string;
  readonly source?: { readonly name: string; readonly version: string };
  readonly licences?: readonly string[];
  readonly vendor?: string;
  readonly maintainer?: string;
  readonly scope?: PackageScope;
  readonly relation?: 'root' | 'direct' | 'transitive';
  readonly dependencies?: readonly string[];
  readonly qualifiers?: { readonly [key: string]: string };
  readonly files?: PathList;
  readonly symbols?: LinkedSymbols;
  readonly cpes?: readonly string[];
  readonly advisoryNames?: readonly { readonly ecosystem: string; readonly name: string }[];
};

export type RecordsFragment = { readonly packages: readonly PackageRecord[] };

export interface ParsedRecords {
  readonly packages: readonly PackageRecord[];
  readonly problems: readonly Problem[];
}

/** A cataloger whose files each stand for themselves: a lock file, the metadata of one package. */
export function recordCataloger(
  unit: Omit<Cataloger, 'read' | 'assemble'> & { parse(file: InputFile): ParsedRecords },
): Cataloger<RecordsFragment> {
  const { parse, ...description } = unit;
  return {
    ...description,
    read: (file) => read(file, parse),
    assemble: (fragments) => assemble(fragments, unit.type),
  };
}

function read(file: InputFile, parse: (file: InputFile) => ParsedRecords): Reading<RecordsFragment> {
  if (file.size === 0) return { problems: [] };
  const { packages, problems } = parse(file);
  return packages.length > 0 ? { fragment: { packages }, problems } : { problems };
}

function assemble(fragments: readonly VisibleFragment<RecordsFragment>[], type: PackageType): Assembly {
  const layerOf = attribution<RecordsFragment>(({ packages }) => packages.map(recordKey));
  const packages = fragments.flatMap((visible) =>
    visible.fragment.packages.map((record) => ({
      package: toPackage(record, type),
      path: visible.path,
      layer: layerOf(visible, recordKey(record)),
    })),
  );
  return { packages, problems: [] };
}

export function toPackage(record: PackageRecord, type: PackageType): Package {
  return { type, licences: [], ...record };
}

/** How a record is named in the `dependencies` of another one of its file. */
export function reference({ name, version }: { readonly name: string; readonly version: string }): string {
  return version === '' ? name : `${name}@${version}`;
}

const MAX_RECORDS = 200_000;
const MAX_DEPENDENCIES = 2_000_000;
/** Characters of the keys that are looked up, and some for each look-up: about a second. */
const MAX_LOOKED_UP = 500_000_000;
const MAX_NAME = 512;
const MAX_VERSION = 256;
const MAX_LICENCE = 200;
const MAX_LICENCES = 50;

interface Collected {
  readonly record: PackageRecord;
  /** Absent when no copy of the package tells. */
  readonly dependencies: Set<string> | undefined;
}

/**
 * The packages of one file. Copies of a package (npm has one in each place that needs it) become one record: needed for
 * something at run time wins, asked for directly wins, dependencies are joined.
 */
export class RecordCollector {
  readonly #path: string;
  readonly #prefix: string;
  readonly #what: string;
  readonly #collected = new Map<string, Collected>();
  readonly #problems = new ProblemLog();
  #dependencies = 0;
  #lookedUp = 0;

  /** `prefix`: first words of the problem codes, the cataloger's id. `what`: the file in words, `npm lock file`. */
  constructor(file: { readonly path: string }, prefix: string, what: string) {
    this.#path = file.path;
    this.#prefix = prefix;
    this.#what = what;
  }

  add({ dependencies, ...record }: PackageRecord): void {
    if (!isUsable(record)) {
      this.unusable(record.name);
      return;
    }
    const { type, architecture, qualifiers = {} } = record;
    const key = [type, reference(record), architecture, ...Object.values(qualifiers)].join('\0');
    const known = this.#collected.get(key);
    if (known === undefined && this.#collected.size >= MAX_RECORDS) {
      const message = `A ${this.#what} names more than ${MAX_RECORDS} packages; the others were left out.`;
      this.problem('too-many-records', message, 'incomplete');
      return;
    }
    const bounded = withBoundedLicences(record);
    this.#collected.set(key, {
      record: known ? merged(known.record, bounded) : bounded,
      dependencies: this.#joined(record.name, known?.dependencies, dependencies),
    });
  }

  /**
   * To be asked before each step of a search for a dependency: false when the file has cost enough. Packages in a thousand
   * nested places, each with a thousand dependencies, would take hours.
   */
  mayLookUp(key: string): boolean {
    if (this.#lookedUp > MAX_LOOKED_UP) return false;
    this.#lookedUp += 20 + key.length;
    if (this.#lookedUp > MAX_LOOKED_UP) this.#tooManyDependencies(key);
    return this.#lookedUp <= MAX_LOOKED_UP;
  }

  /** A record without name or version, or with impossible ones. */
  unusable(name?: unknown): void {
    const message = `A record of a ${this.#what} has no usable name or version and was left out.`;
    this.problem('record-unusable', message, 'incomplete', name);
  }

  /** A package of which any version, or one of several, will do: it is listed without one. */
  unpinned(record: Omit<PackageRecord, 'version'>): void {
    const message = `A ${this.#what} asks for packages without saying which version; they are listed without one.`;
    this.problem('version-open', message, 'note', record.name);
    this.add({ ...record, version: '' });
  }

  /** The file as a whole. `reason` completes "it ...": `is not valid JSON`. */
  unreadable(reason: string): void {
    const message = `A ${this.#what} could not be read (it ${reason}); its packages are missing.`;
    this.problem('unreadable', message, 'incomplete');
  }

  problem(code: string, message: string, effect: Problem['effect'], name?: unknown): void {
    const subject = typeof name === 'string' && name !== '' ? `${this.#path}: ${name.slice(0, MAX_NAME)}` : this.#path;
    this.#problems.add({ code: `${this.#prefix}-${code}`, message, effect, subject });
  }

  /** Dependencies that lead to no record of the file are left out: whoever follows them arrives somewhere. */
  result(): ParsedRecords {
    const known = new Set([...this.#collected.values()].map(({ record }) => reference(record)));
    const packages = [...this.#collected.values()].map(({ record, dependencies }) =>
      dependencies ? { ...record, dependencies: [...dependencies].filter((need) => known.has(need)).sort() } : record,
    );
    return { packages, problems: this.#problems.list() };
  }

  #tooManyDependencies(name: string): void {
    const message = `A ${this.#what} names more dependencies than can be followed; some were left out.`;
    this.problem('too-many-dependencies', message, 'degraded', name);
  }

  #joined(name: string, known: Set<string> | undefined, added: readonly string[] | undefined): Set<string> | undefined {
    if (added === undefined) return known;
    const joined = known ?? new Set();
    for (const dependency of added) {
      if (++this.#dependencies > MAX_DEPENDENCIES) {
        this.#tooManyDependencies(name);
        break;
      }
      joined.add(dependency);
    }
    return joined;
  }
}

export function isUsable({ name, version }: { readonly name: string; readonly version: string }): boolean {
  return name !== '' && isPlain(name, MAX_NAME) && isPlain(version, MAX_VERSION);
}

function isPlain(text: string, maxLength: number): boolean {
  return text.length <= maxLength && !/[\0-\x1f\x7f\ufffd]/.test(text);
}

function withBoundedLicences({ licences, ...record }: PackageRecord): PackageRecord {
  const texts = licences?.map((text) => text.slice(0, MAX_LICENCE).trim()).filter((text) => text !== '');
  if (texts === undefined || texts.length === 0) return record;
  return { ...record, licences: [...new Set(texts)].slice(0, MAX_LICENCES) };
}

const RELATIONS = ['root', 'direct', 'transitive'] as const;

/** Nothing said about what a copy is needed for means run time. */
function merged(a: PackageRecord, b: PackageRecord): PackageRecord {
  const { scope: _a, ...ofA } = a;
  const { scope: _b, ...ofB } = b;
  const relation = RELATIONS.find((known) => known === a.relation || known === b.relation);
  const scope = strongest(a.scope, b.scope);
  return { ...ofB, ...ofA, ...(relation && { relation }), ...(scope && { scope }) };
}

function strongest(a: PackageScope | undefined, b: PackageScope | undefined): PackageScope | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a === b || b === 'development' || a === 'runtime' ? a : b;
}

import type { Problem } from '#foundation/index.ts';
import type { Assembly, Cataloger, InputFile, VisibleFragment } from '../cataloger.ts';
import { attribution, recordKey } from './attribution.ts';
import { directoryOf } from './places.ts';
import { isUsable, type PackageRecord, toPackage } from './records.ts';

/** What one file says about the package whose directory it lies in. */
export type RecordPart = Partial<PackageRecord>;

export type PartFragment = { readonly part: RecordPart };

export interface ParsedPart {
  /** Absent when the file says nothing of interest. */
  readonly part?: RecordPart;
  readonly problems: readonly Problem[];
}

type PartsUnit = Omit<Cataloger, 'read' | 'assemble'> & {
  parse(file: InputFile): ParsedPart;
  /** Files with the same answer belong to one package; the directory of the file when absent. */
  packageOf?(path: string): string;
  /** False for directories that are no package's, though they have such files. */
  isPackage?(place: string): boolean;
  /** What the place itself says; stronger than what the files say. */
  fromPlace?(place: string): RecordPart;
  /** True for the file whose word counts where two say the same thing; without it the first by path. */
  isStronger?(path: string): boolean;
  /** A package whose version nobody tells is listed without one, instead of being a problem. */
  readonly isVersionOptional?: boolean;
  /** What a package's directory is called in problems: `pacman record`. */
  readonly what: string;
};

/**
 * A cataloger of a database that keeps a directory for each package, with a file for each thing to know about it: pacman,
 * Portage, Homebrew. `assemble` joins the parts of a place; where two parts say the same thing, the first by path holds.
 */
export function directoryCataloger(unit: PartsUnit): Cataloger<PartFragment> {
  const {
    parse,
    packageOf = directoryOf,
    fromPlace,
    isPackage,
    isStronger,
    isVersionOptional,
    what,
    ...description
  } = unit;
  return {
    ...description,
    read(file) {
      if (file.size === 0) return { problems: [] };
      const { part, problems } = parse(file);
      return part === undefined ? { problems } : { fragment: { part }, problems };
    },
    assemble: (fragments) => assemble(fragments, { ...unit, packageOf }),
  };
}

interface Place {
  readonly place: string;
  readonly parts: VisibleFragment<PartFragment>[];
}

function assemble(
  fragments: readonly VisibleFragment<PartFragment>[],
  unit: PartsUnit & { packageOf(path: string): string },
): Assembly {
  const packages: Assembly['packages'][number][] = [];
  const layerOf = attribution<PartFragment>(({ part }) => [keyOf(part)]);
  let unusable: string | undefined;
  let count = 0;
  for (const { place, parts } of byPlace(fragments, unit.packageOf)) {
    if (unit.isPackage?.(place) === false) continue;
    const record = joined(place, parts, unit);
    // The part that names the version is the one by whose layer the package is dated.
    const main = parts.find(({ fragment }) => fragment.part.version !== undefined) ?? parts[0];
    if (main === undefined) continue;
    if (record === undefined) {
      unusable ??= main.path;
      count++;
      continue;
    }
    packages.push({
      package: toPackage(record, unit.type),
      path: main.path,
      layer: layerOf(main, keyOf(main.fragment.part)),
    });
  }
  return { packages, problems: unusable === undefined ? [] : [unusableProblem(unit, unusable, count)] };
}

function byPlace(
  fragments: readonly VisibleFragment<PartFragment>[],
  packageOf: (path: string) => string,
): Iterable<Place> {
  const places = new Map<string, Place>();
  for (const visible of fragments) {
    const place = packageOf(visible.path);
    const known = places.get(place);
    if (known) known.parts.push(visible);
    else places.set(place, { place, parts: [visible] });
  }
  return places.values();
}

function joined(
  place: string,
  parts: readonly VisibleFragment<PartFragment>[],
  { fromPlace, isStronger = () => false, isVersionOptional = false }: PartsUnit,
): PackageRecord | undefined {
  const [weaker, stronger] = [false, true].map((is) => parts.filter(({ path }) => isStronger(path) === is));
  const said = [...(weaker ?? []).toReversed(), ...(stronger ?? []).toReversed()].map(({ fragment }) => fragment.part);
  const qualifiers = Object.assign({}, ...said.map((part) => part.qualifiers));
  const all: RecordPart = Object.assign({}, ...said, fromPlace?.(place) ?? {});
  const { name = '', version = '' } = all;
  return isUsable({ name, version }) && (isVersionOptional || version !== '')
    ? { ...all, name, version, ...(Object.keys(qualifiers).length > 0 && { qualifiers }) }
    : undefined;
}

function keyOf({ name = '', version = '', architecture }: RecordPart): string {
  return recordKey({ name, version, ...(architecture === undefined ? {} : { architecture }) });
}

function unusableProblem({ id, what }: PartsUnit, subject: string, count: number): Problem {
  const message = `A ${what} has no usable name or version and was left out.`;
  return { code: `${id}-record-unusable`, message, effect: 'incomplete', subject, ...(count > 1 && { count }) };
}

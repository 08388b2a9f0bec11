import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../cataloger.ts';
import { attribution, recordKey } from './attribution.ts';
import { directoryOf } from './manifest.ts';
import type { ParsedRecords, RecordsFragment } from './records.ts';

/** What a project asks for, or nothing but the sign that another file tells more. */
type RequestFragment = RecordsFragment & { readonly isBetter?: true };

interface RequestUnit extends Omit<Cataloger, 'read' | 'assemble'> {
  parse(file: InputFile): ParsedRecords;
  /** True for a file that tells better what the same projects get, a lock file: what is asked for is then left out. It is not opened. */
  isBetter(path: string): boolean;
  /** The directories that it speaks for; its own when absent. */
  coveredBy?(path: string): Iterable<string>;
}

/** A cataloger of what authors ask for, where no lock file tells what they got. */
export function requestCataloger(unit: RequestUnit): Cataloger<RequestFragment> {
  const { parse, isBetter, coveredBy = (path) => [directoryOf(path)], ...description } = unit;
  return {
    ...description,
    read: (file) => (isBetter(file.path) ? sign(file) : read(file, parse)),
    assemble: (fragments) => assemble(fragments, unit.type, coveredBy),
  };
}

function sign(file: InputFile): Reading<RequestFragment> {
  return file.size === 0 ? { problems: [] } : { fragment: { packages: [], isBetter: true }, problems: [] };
}

function read(file: InputFile, parse: RequestUnit['parse']): Reading<RequestFragment> {
  if (file.size === 0) return { problems: [] };
  const { packages, problems } = parse(file);
  return packages.length > 0 ? { fragment: { packages }, problems } : { problems };
}

function assemble(
  fragments: readonly VisibleFragment<RequestFragment>[],
  type: Cataloger['type'],
  coveredBy: (path: string) => Iterable<string>,
): Assembly {
  const covered = new Set(fragments.flatMap(({ path, fragment }) => (fragment.isBetter ? [...coveredBy(path)] : [])));
  const layerOf = attribution<RequestFragment>(({ packages }) => packages.map(recordKey));
  const packages = fragments
    .filter(({ path }) => !covered.has(directoryOf(path)))
    .flatMap((visible) =>
      visible.fragment.packages.map((record) => ({
        package: { type, licences: [], ...record },
        path: visible.path,
        layer: layerOf(visible, recordKey(record)),
      })),
    );
  return { packages, problems: [] };
}

/** The directory of a file and all above it, each with the slash behind it; the root is empty. */
export function directoriesAbove(path: string): string[] {
  const found: string[] = [];
  for (let at = directoryOf(path); ; at = directoryOf(at.slice(0, -1))) {
    found.push(at);
    if (at === '') return found;
  }
}

import type { Problem } from '#foundation/index.ts';
import type { Assembly, Cataloger, InputFile, Reading, VisibleFragment } from '../cataloger.ts';
import { attribution, recordKey } from './attribution.ts';
import { directoryOf } from './manifest.ts';
import type { ParsedRecords, RecordsFragment } from './records.ts';

/** What a project asks for, or what a file has that tells it better. */
type RequestFragment = RecordsFragment & {
  readonly isBetter?: true;
  /** What to say if nothing tells better: that versions are open, that a program was read as text. */
  readonly remarks?: readonly Remark[];
};

/** A problem as a fragment holds it. */
export type Remark = {
  readonly code: string;
  readonly message: string;
  readonly effect: Problem['effect'];
  readonly subject?: string;
  readonly count?: number;
};

interface RequestUnit extends Omit<Cataloger, 'read' | 'assemble'> {
  parse(file: InputFile): ParsedRecords;
  /** True for a file that tells better what the same projects get, a lock file: what is asked for is then left out. */
  isBetter(path: string): boolean;
  /** Such files are read as well; otherwise another cataloger does, and here they are not opened. */
  readonly readsBetter?: true;
  /** What a file of requests is covered by; its directory when absent. */
  keyOf?(path: string): string;
  /** The keys that a better file speaks for; its own when absent. */
  covers?(path: string): Iterable<string>;
}

/** A cataloger of what authors ask for, where no lock file tells what they got. */
export function requestCataloger(unit: RequestUnit): Cataloger<RequestFragment> {
  const { parse, isBetter, readsBetter, keyOf, covers, ...description } = unit;
  return {
    ...description,
    read: (file) => {
      if (file.size === 0) return { problems: [] };
      if (!isBetter(file.path)) return readRequests(file, parse);
      return readsBetter ? readBetter(file, parse) : { fragment: { packages: [], isBetter: true }, problems: [] };
    },
    assemble: (fragments) => assemble(fragments, unit),
  };
}

function readBetter(file: InputFile, parse: RequestUnit['parse']): Reading<RequestFragment> {
  const { packages, problems } = parse(file);
  return { fragment: { packages, isBetter: true }, problems };
}

function readRequests(file: InputFile, parse: RequestUnit['parse']): Reading<RequestFragment> {
  const { packages, problems: all } = parse(file);
  const { problems, remarks } = apart(all);
  if (packages.length + remarks.length === 0) return { problems };
  return { fragment: { packages, ...(remarks.length > 0 && { remarks }) }, problems };
}

/** What may be missing is said at once; the rest only where the file counts. */
export function apart(all: readonly Problem[]): { problems: Problem[]; remarks: Remark[] } {
  return {
    problems: all.filter(({ effect }) => effect === 'incomplete'),
    remarks: all.filter(({ effect }) => effect !== 'incomplete').map((problem) => ({ ...problem })),
  };
}

function assemble(fragments: readonly VisibleFragment<RequestFragment>[], unit: RequestUnit): Assembly {
  const { type, keyOf = directoryOf, covers = (path) => [keyOf(path)] } = unit;
  const covered = new Set(fragments.flatMap(({ path, fragment }) => (fragment.isBetter ? [...covers(path)] : [])));
  const counted = fragments.filter(({ path, fragment }) => fragment.isBetter || !covered.has(keyOf(path)));
  const layerOf = attribution<RequestFragment>(({ packages }) => packages.map(recordKey));
  const packages = counted.flatMap((visible) =>
    visible.fragment.packages.map((record) => ({
      package: { type, licences: [], ...record },
      path: visible.path,
      layer: layerOf(visible, recordKey(record)),
    })),
  );
  return { packages, problems: counted.flatMap(({ fragment: { remarks = [] } }) => remarks) };
}

/** The directory of a file and all above it, each with the slash behind it; the root is empty. */
export function directoriesAbove(path: string): string[] {
  const found: string[] = [];
  for (let at = directoryOf(path); ; at = directoryOf(at.slice(0, -1))) {
    found.push(at);
    if (at === '') return found;
  }
}

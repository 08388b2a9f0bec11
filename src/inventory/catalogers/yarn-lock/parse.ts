import type { InputFile } from '../../cataloger.ts';
import type { ParsedLock } from '../manifest.ts';
import { isInsideOf } from '../places.ts';
import { RecordCollector, reference } from '../records.ts';
import { type YarnBlock, yarnBlocks } from './blocks.ts';

interface Resolved {
  readonly name: string;
  readonly version: string;
  readonly block: YarnBlock;
}

/** Members of the project itself, or of a neighbouring one, which no registry knows. */
const LOCAL = /^(?:workspace|link|portal):/;

export function parseYarnLock(file: InputFile): ParsedLock {
  const records = new RecordCollector(file, 'yarn-lock', 'yarn lock file');
  if (isInsideOf(file.path, 'node_modules')) return records.result();
  const unreadableLine = () => {
    const message = 'Lines of a yarn lock file could not be read; the packages they belong to may be missing.';
    records.problem('line-unreadable', message, 'incomplete');
  };
  const packages: Resolved[] = [];
  const projects: YarnBlock[] = [];
  const answers = new Map<string, Resolved>();
  for (const block of yarnBlocks(file.text(), unreadableLine)) {
    if (block.requests[0] === '__metadata') continue;
    const found = resolved(block);
    if (found === 'local') projects.push(block);
    else if (found === undefined) records.unusable(block.requests[0]);
    else {
      packages.push(found);
      for (const request of block.requests) answers.set(request, found);
    }
  }
  addAll(packages, projects, answers, records);
  return { ...records.result(), answers: ambiguous(packages, answers) };
}

/** What the requests mean that name a package of which there are several versions. */
function ambiguous(
  packages: readonly Resolved[],
  answers: ReadonlyMap<string, Resolved>,
): (readonly [request: string, reference: string])[] {
  const versions = Map.groupBy(packages, ({ name }) => name);
  return [...answers]
    .filter(([, { name }]) => (versions.get(name)?.length ?? 0) > 1)
    .map(([request, found]) => {
      const [name, range] = nameAndRange(request);
      return [`${name}@${range.replace(/^npm:/, '')}`, reference(found)] as const;
    });
}

function addAll(
  packages: readonly Resolved[],
  projects: readonly YarnBlock[],
  answers: ReadonlyMap<string, Resolved>,
  records: RecordCollector,
): void {
  const asked = new Set(projects.flatMap((project) => needsOf(project, answers)));
  for (const found of packages) {
    const { name, version, block } = found;
    records.add({
      name,
      version,
      // Classic files do not hold the project, so who asked for a package is not known.
      ...(projects.length > 0 && { relation: asked.has(found) ? 'direct' : 'transitive' }),
      dependencies: needsOf(block, answers).map(reference),
    });
  }
}

function needsOf({ needs }: YarnBlock, answers: ReadonlyMap<string, Resolved>): Resolved[] {
  return needs.flatMap(([name, range]) => answers.get(`${name}@${range}`) ?? answers.get(`${name}@npm:${range}`) ?? []);
}

/**
 * Classic names a package only by the requests it answers: `alias@npm:left-pad@^1.0.0` for an alias. Berry has a
 * `resolution`: `left-pad@npm:1.0.0`, `left-pad@patch:left-pad@npm%3A1.0.0#~/fix.patch`.
 */
function resolved(block: YarnBlock): Resolved | 'local' | undefined {
  const version = block.fields.get('version');
  const resolution = block.fields.get('resolution');
  const [name, place] = nameAndRange(resolution ?? block.requests[0] ?? '');
  if (LOCAL.test(place)) return 'local';
  if (version === undefined || name === '') return undefined;
  const alias =
    resolution === undefined && place.startsWith('npm:') ? nameAndRange(place.slice('npm:'.length)) : undefined;
  return { name: alias?.[0] || name, version, block };
}

function nameAndRange(text: string): [name: string, range: string] {
  const at = text.indexOf('@', 1);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

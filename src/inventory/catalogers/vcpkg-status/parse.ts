import { linesOf } from '#foundation/documents/index.ts';
import { type Problem, ProblemLog } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';

/** One package, or one feature of it, for one triplet, as the file tells it. */
export type VcpkgParagraph = {
  readonly name: string;
  readonly version: string;
  readonly portVersion?: string;
  readonly triplet: string;
  readonly feature?: string;
  readonly needs: readonly string[];
  readonly isInstalled: boolean;
};

const MAX_PARAGRAPHS = 200_000;
const MAX_FIELD = 20_000;

/** Paragraphs of fields, as in Debian's databases: `Package: zlib`, `Version: 1.3.1`, `Status: install ok installed`. */
export function parseStatus(file: InputFile): { paragraphs: VcpkgParagraph[]; problems: Problem[] } {
  const problems = new ProblemLog();
  const paragraphs: VcpkgParagraph[] = [];
  for (const fields of paragraphsIn(file.text())) {
    const paragraph = paragraphOf(fields);
    if (paragraphs.length >= MAX_PARAGRAPHS) break;
    if (paragraph !== undefined) paragraphs.push(paragraph);
    else
      problems.add({
        code: 'vcpkg-status-record-unusable',
        message: UNUSABLE,
        effect: 'incomplete',
        subject: file.path,
      });
  }
  return { paragraphs, problems: problems.list() };
}

const UNUSABLE = 'A record of the database of vcpkg has no usable name or triplet and was left out.';

function* paragraphsIn(text: string): Generator<ReadonlyMap<string, string>> {
  let fields = new Map<string, string>();
  for (const line of linesOf(text)) {
    const colon = line.indexOf(':');
    if (line.trim() === '') {
      if (fields.size > 0) yield fields;
      fields = new Map();
    } else if (colon > 0 && !/^\s/.test(line))
      fields.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1, colon + MAX_FIELD).trim());
    else if (fields.size === 0) fields.set('', line.slice(0, MAX_FIELD));
  }
  if (fields.size > 0) yield fields;
}

/** A feature repeats name and triplet and has no version. `Depends: vcpkg-cmake, bzip2:x64-linux, curl[ssl] (linux)`. */
function paragraphOf(fields: ReadonlyMap<string, string>): VcpkgParagraph | undefined {
  const [name = '', version = '', triplet = ''] = ['package', 'version', 'architecture'].map((key) => fields.get(key));
  const [portVersion, feature] = [fields.get('port-version'), fields.get('feature')];
  if (!isPlain(name) || !isPlain(triplet) || version.length > 200) return undefined;
  return {
    name,
    version,
    triplet,
    needs: (fields.get('depends') ?? '').split(',').flatMap((need) => /^\s*([a-z\d-]{1,200})/.exec(need)?.[1] ?? []),
    isInstalled: fields.get('status') === 'install ok installed',
    ...(portVersion && /^\d{1,9}$/.test(portVersion) && { portVersion }),
    ...(feature && { feature: feature.slice(0, 200) }),
  };
}

function isPlain(text: string): boolean {
  return /^[\w.+-]{1,200}$/.test(text);
}

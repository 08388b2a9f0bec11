import type { MisconfigurationFinding } from '#checks/index.ts';
import type { ImageRegistry } from '../editor.ts';
import { isUndecided, pinnedByRegistry } from '../plan/configuration.ts';
import { keyOf, type Mended } from './mend.ts';
import { type CheckedFile, type CheckedText, objectionTo, recheck, withEdits } from './recheck.ts';

/** Registries are asked about at most so many images for one file. */
const MAX_IMAGES = 50;

/** Writes behind the tags of images the digests that they stand for now. What runs stays what it is. */
export async function pinImages(
  file: CheckedFile,
  before: CheckedText,
  isWanted: (finding: MisconfigurationFinding) => boolean,
  registry: ImageRegistry,
): Promise<Mended> {
  const left = new Map<string, string>();
  const refused = new Set<string>();
  let checked = before;
  if (registry.silence !== undefined) {
    for (const { id } of before.findings) if (pinnedByRegistry.has(id)) left.set(id, registry.silence);
    return { checked, left };
  }
  for (let asked = 0; ; asked++) {
    const finding = checked.findings.find(
      (one) => pinnedByRegistry.has(one.id) && isUndecided(one) && isWanted(one) && !refused.has(keyOf(one)),
    );
    if (!finding) return { checked, left };
    const pinned = asked < MAX_IMAGES ? await pinOne(file, checked, finding, registry) : 'too many images for one run';
    if (typeof pinned !== 'string') {
      checked = pinned;
      continue;
    }
    refused.add(keyOf(finding));
    left.set(finding.id, pinned);
  }
}

/** The text with one more pin, or why there is none. */
async function pinOne(
  file: CheckedFile,
  checked: CheckedText,
  finding: MisconfigurationFinding,
  registry: ImageRegistry,
): Promise<CheckedText | string> {
  const image = imageAt(checked.text, finding);
  if (image === undefined) return 'the name of the image is not written out with a tag there';
  const digest = await registry.digest(image.reference);
  if (!digest.ok) return `the registry does not tell what ${image.reference} is now: ${digest.error}`;
  const edit = { start: image.end, end: image.end, text: `@${digest.value}` };
  const after = recheck(withEdits(checked.text, [edit]), file);
  return objectionTo(checked, after, finding.id) ?? after;
}

/** The reference that a finding is about, at the end of its place. Undefined where variables make it, or a tag is missing. */
export function imageAt(
  text: string,
  { position }: Pick<MisconfigurationFinding, 'position'>,
): { readonly reference: string; readonly end: number } | undefined {
  const { line, column, endLine = line, endColumn } = position;
  if (endColumn === undefined || endLine !== line) return undefined;
  const start = lineStart(text, line) + column - 1;
  const end = lineStart(text, line) + endColumn - 1;
  const found = /([\w./:-]{3,300})(["']?)$/.exec(text.slice(Math.max(start, end - 400), end));
  const [, reference = '', quote = ''] = found ?? [];
  const tag = reference.lastIndexOf(':');
  const isWhole = tag > reference.lastIndexOf('/') && tag > 0 && /^[\w][\w.-]{0,127}$/.test(reference.slice(tag + 1));
  // Behind any other character it is a part of something: of a variable, of a reference with a digest.
  const before = text[end - quote.length - reference.length - 1] ?? ' ';
  return isWhole && /[\s"'=]/.test(before) ? { reference, end: end - quote.length } : undefined;
}

function lineStart(text: string, line: number): number {
  let at = 0;
  for (let passed = 1; passed < line; passed++) {
    const feed = text.indexOf('\n', at);
    if (feed < 0) return text.length;
    at = feed + 1;
  }
  return at;
}

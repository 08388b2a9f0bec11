import type { Submission } from '#findings/index.ts';
import { parseJsonText } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import type { IntakeFormat, UploadContext } from './format.ts';
import { genericFormat } from './formats/generic/index.ts';
import { grypeFormat } from './formats/grype/index.ts';
import { plimsollFormat } from './formats/plimsoll/index.ts';
import { sarifFormat } from './formats/sarif/index.ts';
import { trivyFormat } from './formats/trivy/index.ts';

/** What can be uploaded. */
export const formats: readonly IntakeFormat[] = [plimsollFormat, sarifFormat, trivyFormat, grypeFormat, genericFormat];

/** Clocks differ by a little; a report from tomorrow would be the newest for ever. */
const MAX_AHEAD_MS = 60 * 60_000;

/**
 * Reads an upload in the format that it is recognised by, or that is named. Pure. Errors are parts of sentences.
 *
 * @param named id of a format; undefined: by the marks of the document
 */
export function readSubmission(text: string, named: string | undefined, context: UploadContext): Result<Submission> {
  const json = parseJsonText(text);
  if (!json.ok) return err(`the document ${json.error}`);
  const format = formats.find(({ id, recognises }) => (named === undefined ? recognises(json.value) : id === named));
  if (format === undefined)
    return err(`the document is of no format that is read here: ${formats.map(({ name }) => name).join(', ')}`);
  const read = format.read({ text, json: json.value }, context);
  if (!read.ok) return err(`${format.name}: ${read.error}`);
  const ahead = read.value.createdAt.getTime() - context.receivedAt.getTime();
  if (Number.isNaN(ahead)) return err('the document does not say when it was made');
  if (ahead > MAX_AHEAD_MS)
    return err('the document says that it was made in the future: set the clock of the machine that made it');
  return ok(read.value);
}

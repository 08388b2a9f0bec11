import type { Submission } from '#findings/index.ts';
import { parseJsonText } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import type { IntakeFormat, UploadContext } from './format.ts';
import { falcoFormat } from './formats/falco/index.ts';
import { genericFormat } from './formats/generic/index.ts';
import { grypeFormat } from './formats/grype/index.ts';
import { plimsollFormat } from './formats/plimsoll/index.ts';
import { sarifFormat } from './formats/sarif/index.ts';
import { cycloneDxFormat, spdxFormat } from './formats/sbom/index.ts';
import { trivyFormat } from './formats/trivy/index.ts';

/** What can be uploaded. */
export const formats: readonly IntakeFormat[] = [
  plimsollFormat,
  sarifFormat,
  trivyFormat,
  grypeFormat,
  cycloneDxFormat,
  spdxFormat,
  falcoFormat,
  genericFormat,
];

const MAX_LINES = 200_000;

/** Clocks differ by a little; a report from tomorrow would be the newest for ever. */
const MAX_AHEAD_MS = 60 * 60_000;

/**
 * Reads an upload in the format that it is recognised by, or that is named. Pure. Errors are parts of sentences.
 *
 * @param named id of a format; undefined: by the marks of the document
 */
export function readSubmission(text: string, named: string | undefined, context: UploadContext): Result<Submission> {
  const json = parseUpload(text);
  return json.ok ? submissionOf(json.value, named, context) : json;
}

/** JSON, or one JSON value a line, which becomes a list. Errors are parts of sentences. */
export function parseUpload(text: string): Result<unknown> {
  const json = parseJsonText(text);
  if (json.ok) return json;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  // One value over several lines is no such list.
  if (lines.length < 2 || lines.length > MAX_LINES || !lines.every((line) => line.startsWith('{')))
    return err(`the document ${json.error}`);
  const values = lines.map((line) => parseJsonText(line));
  const damaged = values.findIndex(({ ok: isRead }) => !isRead);
  if (damaged >= 0) return err(`line ${damaged + 1} of the document is not valid JSON`);
  return ok(values.flatMap((value) => (value.ok ? [value.value] : [])));
}

/** The same, of a document that was parsed. */
export function submissionOf(json: unknown, named: string | undefined, context: UploadContext): Result<Submission> {
  const format = formats.find(({ id, recognises }) => (named === undefined ? recognises(json) : id === named));
  if (format === undefined)
    return err(`the document is of no format that is read here: ${formats.map(({ name }) => name).join(', ')}`);
  const read = format.read({ json }, context);
  if (!read.ok) return err(`${format.name}: ${read.error}`);
  const ahead = read.value.createdAt.getTime() - context.receivedAt.getTime();
  if (Number.isNaN(ahead)) return err('the document does not say when it was made');
  if (ahead > MAX_AHEAD_MS)
    return err('the document says that it was made in the future: set the clock of the machine that made it');
  return ok(read.value);
}

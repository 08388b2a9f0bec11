import { memberOf, parseJsonText } from '#foundation/documents/index.ts';
import { parseSavedReport } from '#scan/index.ts';

const MAX_CHARACTERS = 4 * 1024 * 1024;

/**
 * What a report of ours says beside packages and findings, which are kept apart: what was looked at, what each check answered, what was not
 * assessed, and the verdict of policies. Undefined for reports of other tools, and for one that says too much to be kept.
 */
export function assessmentOf(text: string): string | undefined {
  const report = parseSavedReport(text, 'the report');
  if (!report.ok) return undefined;
  const json = parseJsonText(text);
  const verdict = json.ok ? memberOf(json.value, 'verdict') : undefined;
  const document = JSON.stringify({ ...report.value, findings: [], ...(verdict !== undefined && { verdict }) });
  return document.length > MAX_CHARACTERS ? undefined : document;
}

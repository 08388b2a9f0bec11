import { memberOf } from '#foundation/documents/index.ts';
import { savedReportOf } from '#scan/index.ts';

const MAX_CHARACTERS = 4 * 1024 * 1024;

/**
 * What a report of ours says beside packages and findings, which are kept apart: what was looked at, what each check answered, what was not
 * assessed, and the verdict of policies. Undefined for reports of other tools, and for one that says too much to be kept.
 */
export function assessmentOf(json: unknown): string | undefined {
  const report = savedReportOf(json, 'the report');
  if (!report.ok) return undefined;
  const verdict = memberOf(json, 'verdict');
  const document = JSON.stringify({ ...report.value, findings: [], ...(verdict !== undefined && { verdict }) });
  return document.length > MAX_CHARACTERS ? undefined : document;
}

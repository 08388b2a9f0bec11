import type { Problem } from '#foundation/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { holesOf } from '../holes.ts';
import { shortText } from './limits.ts';

/**
 * What the reader must know beside the results. None of it makes the run a failed one: the report exists and its results hold;
 * `warning` marks what may be missing from it.
 */
export function notifications(report: ScanReport, omissions: readonly string[]): unknown[] {
  return [
    ...holesOf(report).map(({ id, effect, text }) => notification(id, levels[effect], text)),
    ...(report.verdict?.notDecided ?? []).map((text) => notification('policy-not-decided', 'warning', text)),
    ...omissions.map((text) => notification('results-left-out', 'note', text)),
  ];
}

const levels: Readonly<Record<Problem['effect'], string>> = {
  incomplete: 'warning',
  degraded: 'warning',
  note: 'note',
};

function notification(id: string, level: string, text: string): unknown {
  return { descriptor: { id }, level, message: { text: shortText(text) } };
}

import { compareTexts } from '#foundation/index.ts';
import { type Severity, severityRank } from '#model/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import type { Due, FixStep, RemovedVulnerability } from './fix-plan.ts';

/** Each vulnerability once, most pressing first. */
export function removedBy(findings: readonly VulnerabilityFinding[]): RemovedVulnerability[] {
  const byId = new Map<string, RemovedVulnerability>();
  for (const { id, severity, enrichment, priority } of findings) {
    const window = priority?.window;
    const due = window && { title: window.title, ...(window.days !== undefined && { days: window.days }) };
    const one = { id, severity, exploited: enrichment.kev !== undefined, ...(due && { due }) };
    const known = byId.get(id);
    if (known === undefined || compareRemoved(one, known) < 0) byId.set(id, one);
  }
  return [...byId.values()].sort(compareRemoved);
}

/** What a step is worth, from what it removes. */
export function urgencyOf(
  removes: readonly RemovedVulnerability[],
): Pick<FixStep, 'worst' | 'exploited'> & { due?: Due } {
  const due = removes.map((one) => one.due).sort((a, b) => daysOf(a) - daysOf(b))[0];
  return {
    worst: worstOf(removes.map(({ severity }) => severity)),
    exploited: removes.filter(({ exploited }) => exploited).length,
    ...(due && { due }),
  };
}

export function worstOf(severities: readonly Severity[]): Severity {
  return severities.reduce((worst, one) => (severityRank(one) < severityRank(worst) ? one : worst), 'unknown');
}

/** Exploited first, then what is due soonest, then the worst, then what removes the most. */
export function comparePressing(a: FixStep, b: FixStep): number {
  return (
    b.exploited - a.exploited ||
    daysOf(a.due) - daysOf(b.due) ||
    severityRank(a.worst) - severityRank(b.worst) ||
    b.removes.length - a.removes.length ||
    compareTexts(a.id, b.id)
  );
}

function compareRemoved(a: RemovedVulnerability, b: RemovedVulnerability): number {
  return (
    Number(b.exploited) - Number(a.exploited) ||
    daysOf(a.due) - daysOf(b.due) ||
    severityRank(a.severity) - severityRank(b.severity) ||
    compareTexts(a.id, b.id)
  );
}

/** Later than any date: no date, and nobody asked. */
const NO_DATE = 1_000_000;

function daysOf(due: Due | undefined): number {
  return due?.days ?? (due ? NO_DATE : NO_DATE + 1);
}

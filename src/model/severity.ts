/** Ordered from worst to least; `unknown` is its own answer and sorts after `info`. */
export const severities = ['critical', 'high', 'medium', 'low', 'info', 'unknown'] as const;
export type Severity = (typeof severities)[number];

/** Sort key: 0 is worst. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

export function isSeverity(text: string): text is Severity {
  return (severities as readonly string[]).includes(text);
}

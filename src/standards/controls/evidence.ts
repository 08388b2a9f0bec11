import type { Evidence, OutsideSource } from '../control.ts';

export function checks(...ids: string[]): Evidence {
  return { by: 'checks', checks: ids };
}

type FindingsEvidence = Extract<Evidence, { by: 'findings' }>;

export function findings(kind: FindingsEvidence['kind'], atLeast: FindingsEvidence['atLeast']): Evidence {
  return { by: 'findings', kind, atLeast };
}

export function outside(source: OutsideSource, what: string): Evidence {
  return { by: 'outside', source, what };
}

export function statement(ask: string): Evidence {
  return { by: 'statement', ask };
}

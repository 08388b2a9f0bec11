import { checks } from '#checks/index.ts';
import { clausesOfControls, controlsOfCheck, named, relatedChecks } from './crosswalk.ts';
import type { Explainable, Explanation } from './explanation.ts';

export const explainableChecks: readonly Explainable[] = checks.map((check) => ({
  id: check.id,
  names: [check.id, ...(check.aliases ?? [])],
  explain: () => explainCheck(check),
}));

function explainCheck(check: (typeof checks)[number]): Explanation {
  const { id, title, severity, aliases = [], rationale, remediation, examples, references } = check;
  const own = controlsOfCheck(id);
  const [bad, good] = [examples.fail[0], examples.pass[0]];
  return {
    kind: 'check',
    id,
    title,
    severity,
    aliases,
    why: rationale,
    ...(own[0] && { attack: own[0].attack }),
    remedy: remediation,
    examples: { ...(bad !== undefined && { bad }), ...(good !== undefined && { good }) },
    checks: relatedChecks(id),
    controls: own.map(named),
    clauses: clausesOfControls(own.map((control) => control.id)),
    references,
  };
}

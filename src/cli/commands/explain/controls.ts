import { type Control, controls, type Evidence } from '#standards/index.ts';
import { checksOfControl, clausesOfControls } from './crosswalk.ts';
import type { Explainable, Explanation } from './explanation.ts';

export const explainableControls: readonly Explainable[] = controls.map((control) => ({
  id: control.id,
  names: [control.id],
  explain: () => explainControl(control),
}));

function explainControl(control: Control): Explanation {
  const { id, title, anchors, why, attack, remedy, evidence, proofs } = control;
  const [proof] = proofs;
  return {
    kind: 'control',
    id,
    title,
    text: `Part of ${anchors.join(', ')} of NIST SP 800-53.`,
    why,
    attack,
    remedy,
    ...(proof && { examples: { bad: proof.violates, good: proof.satisfies } }),
    evidence: evidence.map(evidenceWords),
    checks: checksOfControl(control),
    clauses: clausesOfControls([id]),
    references: [],
  };
}

function evidenceWords(evidence: Evidence): string {
  switch (evidence.by) {
    case 'checks':
      return `a scan: ${evidence.checks.join(', ')} ${evidence.checks.length === 1 ? 'finds' : 'find'} nothing`;
    case 'findings':
      return `a scan: no open ${evidence.kind}${evidence.atLeast === 'any' ? '' : ` rated ${evidence.atLeast} or worse`}`;
    case 'outside':
      return `${evidence.what.replace(/\.$/, '')} (${evidence.source}): no scan of an image or a directory shows it`;
    case 'statement':
      return `a statement: ${evidence.ask}`;
  }
}

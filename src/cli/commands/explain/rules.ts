import { builtInRuleFacts, builtInRuleIds } from '#malware/index.ts';
import { builtInSecretRules } from '#secrets/index.ts';
import { type Control, controls } from '#standards/index.ts';
import { clausesOfControls, named } from './crosswalk.ts';
import type { Explainable, Explanation } from './explanation.ts';

/** Rules for secrets and malware that come with the program. */
export function explainableRules(): Explainable[] {
  return [
    ...builtInSecretRules().map((rule) => ({ id: rule.id, names: [rule.id], explain: () => explainSecretRule(rule) })),
    ...builtInRuleIds().map((id) => ({ id, names: [id], explain: () => explainMalware(id) })),
  ];
}

function explainSecretRule(rule: ReturnType<typeof builtInSecretRules>[number]): Explanation {
  const own = controlsOfKind('secret');
  return {
    kind: 'rule for secrets',
    id: rule.id,
    title: rule.title,
    severity: rule.severity,
    text: `Looked for where a file has one of ${rule.anchors.slice(0, 5).join(', ')}; a match is a secret with ${rule.confidence} confidence before its structure is looked at.`,
    why: 'Whoever can read the file or pull the image has the secret, also from layers in which it was deleted.',
    ...(own[0] && { attack: own[0].attack }),
    remedy: 'Revoke the secret, make a new one, and keep it where only the program that needs it can read it.',
    controls: own.map(named),
    clauses: clausesOfControls(own.map(({ id }) => id)),
    references: rule.references,
  };
}

function explainMalware(id: string): Explanation {
  const own = controlsOfKind('malware');
  const facts = builtInRuleFacts(id);
  return {
    kind: 'rule for malware',
    id,
    title: facts?.title ?? id,
    ...(facts && {
      severity: facts.severity,
      text: `A match is what the title says with ${facts.confidence} confidence.`,
      why: facts.description,
      remedy: facts.advice,
    }),
    ...(own[0] && { attack: own[0].attack }),
    controls: own.map(named),
    clauses: clausesOfControls(own.map((control) => control.id)),
    references: facts?.references ?? [],
  };
}

function controlsOfKind(kind: 'secret' | 'malware'): Control[] {
  return controls.filter(({ evidence }) => evidence.some((one) => one.by === 'findings' && one.kind === kind));
}

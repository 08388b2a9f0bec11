import ai from '../../../content/rules/secrets/ai.json' with { type: 'json' };
import cloud from '../../../content/rules/secrets/cloud.json' with { type: 'json' };
import code from '../../../content/rules/secrets/code.json' with { type: 'json' };
import commerce from '../../../content/rules/secrets/commerce.json' with { type: 'json' };
import files from '../../../content/rules/secrets/files.json' with { type: 'json' };
import generic from '../../../content/rules/secrets/generic.json' with { type: 'json' };
import infrastructure from '../../../content/rules/secrets/infrastructure.json' with { type: 'json' };
import keys from '../../../content/rules/secrets/keys.json' with { type: 'json' };
import messaging from '../../../content/rules/secrets/messaging.json' with { type: 'json' };
import work from '../../../content/rules/secrets/work.json' with { type: 'json' };
import { parseRule } from './parse.ts';
import type { SecretRule } from './rule.ts';

export interface RuleFamily {
  readonly title: string;
  readonly rules: readonly SecretRule[];
}

/** The rules that come with the program, by family; the same values at every call. */
export function ruleFamilies(): readonly RuleFamily[] {
  families ??= [cloud, code, infrastructure, ai, messaging, commerce, work, keys, files, generic].map(readFamily);
  return families;
}

export function builtInRules(): readonly SecretRule[] {
  return ruleFamilies().flatMap((family) => family.rules);
}

let families: readonly RuleFamily[] | undefined;

function readFamily({ title, rules }: { title: string; rules: readonly unknown[] }): RuleFamily {
  return { title, rules: rules.map(readRule) };
}

function readRule(value: unknown, position: number): SecretRule {
  const rule = parseRule(value, true);
  if (!rule.ok) throw new Error(`rule ${position} of content/rules/secrets ${rule.error}`);
  return rule.value;
}

import { type ByteSearch, compileSearch } from '#foundation/search/index.ts';
import { type CompiledRule, compileRule } from '../rules/compile.ts';
import { builtInRules } from '../rules/index.ts';
import type { SecretRule } from '../rules/rule.ts';
import type { SecretSettings } from '../settings/settings.ts';

/** All rules, ready to be asked. */
export interface RuleSet {
  /** Each once, as its rules write it first. */
  readonly anchors: readonly string[];
  /** By position in `anchors`. */
  readonly rulesOf: readonly (readonly CompiledRule[])[];
  /** Whether the user takes this for no secret. */
  isAllowedValue(secret: string): boolean;
  /** Finds the anchors where nobody has done so yet. */
  readonly search: ByteSearch;
}

let builtIn: RuleSet | undefined;

/** The rules of the program with the user's, which replace ours of the same id. Where the user has none, the same set at every call. */
export function compileRules({ rules = [], allowedValues = [] }: SecretSettings): RuleSet {
  if (rules.length + allowedValues.length > 0) return compiled(rules, allowedValues);
  builtIn ??= compiled([], []);
  return builtIn;
}

function compiled(added: readonly SecretRule[], allowedValues: readonly string[]): RuleSet {
  const replaced = new Set(added.map((rule) => rule.id));
  const rules = [...builtInRules().filter((rule) => !replaced.has(rule.id)), ...added].map(compileRule);
  const byAnchor = new Map<string, CompiledRule[]>();
  for (const rule of rules) {
    for (const anchor of new Set(rule.rule.anchors.map((text) => text.toLowerCase()))) {
      const known = byAnchor.get(anchor);
      if (known) known.push(rule);
      else byAnchor.set(anchor, [rule]);
    }
  }
  const anchors = [...byAnchor.keys()];
  const values = allowedValues.map((pattern) => new RegExp(pattern));
  let search: ByteSearch | undefined;
  return {
    anchors,
    rulesOf: [...byAnchor.values()],
    isAllowedValue: (secret) => values.some((value) => value.test(secret)),
    get search() {
      search ??= compileSearch(anchors);
      return search;
    },
  };
}

import { DetectionEngine } from '../engine/engine.ts';
import { type RuleAbout, readAbout } from '../pack/about.ts';
import type { RuleSet } from '../rule-set.ts';
import type { Example } from './example.ts';
import { playExample } from './play.ts';

/** How the examples of one rule came out. */
export interface RuleTest {
  readonly rule: string;
  readonly about: RuleAbout | undefined;
  readonly examples: readonly { readonly title: string; readonly fires: boolean; readonly fault: string | undefined }[];
  /** Why the rule could not be tested. */
  readonly fault: string | undefined;
}

/** Plays the examples of all rules and sequences. Each is asked of the whole set; what counts is whether its own rule says so. */
export function testRules(set: RuleSet): RuleTest[] {
  const all = [...set.loaded.rules, ...set.loaded.sequences];
  return all.map(({ name, about: node }) => {
    const about = readAbout(node);
    if (!about.ok) return { rule: name, about: undefined, examples: [], fault: about.error };
    const examples = about.value.examples.map((example) => ({
      title: example.title,
      fires: example.fires,
      fault: faultOf(set, name, example),
    }));
    return { rule: name, about: about.value, examples, fault: undefined };
  });
}

function faultOf(set: RuleSet, rule: string, example: Example): string | undefined {
  const fired = new Set<string>();
  const engine = new DetectionEngine(set.compiled, {
    selection: { changes: [{ enables: true, name: () => true }] },
    alert: (alert) => fired.add(alert.rule),
    ruleDisabled: () => undefined,
  });
  const played = playExample(example.events, {
    event: (event) => engine.event(event),
    document: (event) => engine.document(event),
  });
  if (!played.ok) return played.error;
  const failing = engine.statistics().rules.find(({ name, failures }) => name === rule && failures > 0);
  if (failing !== undefined) return `the rule failed: ${failing.lastError}`;
  if (fired.has(rule) === example.fires) return undefined;
  const others = fired.size === 0 ? 'nothing else did' : `what did: ${[...fired].join(', ')}`;
  return example.fires ? `it did not fire; ${others}` : 'it fired';
}

import { nearestWords } from '#foundation/index.ts';
import { explainableChecks } from './checks.ts';
import { explainableClauses, explainableFrameworks } from './clauses.ts';
import { explainableControls } from './controls.ts';
import type { Explainable } from './explanation.ts';
import { explainablePolicies } from './policies.ts';
import { explainableRules } from './rules.ts';

/** Everything that can be explained without an artifact. */
export async function everythingExplainable(): Promise<Explainable[]> {
  return [
    ...explainableChecks,
    ...explainableControls,
    ...explainableFrameworks,
    ...explainableClauses,
    ...(await explainablePolicies()),
    ...explainableRules(),
  ];
}

/** What the words name: by an id or another name; where nothing has it, by a name that is written in another way (`ksv17`, `AVD-DS-0002`). */
export function findExplainable(words: string, all: readonly Explainable[]): Explainable[] {
  const wanted = words.trim().toLowerCase().replace(/\s+/g, ' ');
  const exact = all.filter(({ names }) => names.some((name) => name.toLowerCase() === wanted));
  if (exact.length > 0) return distinct(exact);
  const loose = looseForm(wanted);
  return distinct(all.filter(({ names }) => names.some((name) => looseForm(name.toLowerCase()) === loose)));
}

function distinct(found: readonly Explainable[]): Explainable[] {
  return found.filter(({ id }, index) => found.findIndex((other) => other.id === id) === index);
}

/** Without what tools write in different ways: `AVD-`, dashes, zeros before a number. */
function looseForm(name: string): string {
  return name
    .replace(/^avd-/, '')
    .replaceAll(/[\s_-]/g, '')
    .replaceAll(/(?<=[a-z])0+(?=\d)/g, '');
}

const SUGGESTED = 6;

/** Ids that are near to the words, or have them as a part. */
export function suggestions(words: string, all: readonly Explainable[]): string[] {
  const wanted = words.trim().toLowerCase();
  const ids = [...new Set(all.map(({ id }) => id))];
  const near = nearestWords(wanted, ids, Math.min(4, Math.max(2, Math.floor(wanted.length / 5))));
  const parts = wanted.length < 3 ? [] : ids.filter((id) => id.toLowerCase().includes(wanted));
  const byTitleWord = wanted.split(/[\s-]+/).filter((word) => word.length > 3);
  const alike =
    byTitleWord.length === 0 ? [] : ids.filter((id) => byTitleWord.every((word) => id.toLowerCase().includes(word)));
  return [...new Set([...near, ...parts, ...alike])].slice(0, SUGGESTED);
}

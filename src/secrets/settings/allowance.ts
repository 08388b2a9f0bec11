import type { Decision } from '#model/index.ts';
import { compileGlob } from '../places/glob.ts';
import type { SecretAllowance, SecretSettings } from './settings.ts';

/** What the settings decided about a secret; without path for one that is in no file. */
export type AllowanceTest = (rule: string, fingerprint: string, path?: string) => Decision | undefined;

export function compileAllowances({
  allowed = [],
  statedIn = 'the settings for secrets',
}: SecretSettings): AllowanceTest {
  const tests = allowed.map((allowance) => ({ reason: allowance.reason, holds: compileAllowance(allowance) }));
  return (rule, fingerprint, path) => {
    const found = tests.find(({ holds }) => holds(rule, fingerprint, path));
    return found && { source: 'exception', state: 'accepted', reason: found.reason, statedIn };
  };
}

function compileAllowance({ rules, paths, fingerprints }: SecretAllowance) {
  const globs = paths?.map(compileGlob);
  return (rule: string, fingerprint: string, path: string | undefined) =>
    (rules === undefined || rules.includes(rule)) &&
    (fingerprints === undefined || fingerprints.includes(fingerprint)) &&
    (globs === undefined || (path !== undefined && globs.some((matches) => matches(path))));
}

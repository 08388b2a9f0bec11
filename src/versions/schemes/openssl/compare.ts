import { ok, type Result } from '#foundation/index.ts';
import { compareDigits } from '../../characters.ts';
import { compareParsed, unreadable } from '../../ordering.ts';
import type { Ordering } from '../../version-scheme.ts';

interface OpensslVersion {
  readonly numbers: readonly string[];
  /** Patch letters before 3.0: `z` is followed by `za`. */
  readonly letters: string;
  /** Position among the stages before a release; the release itself is last. */
  readonly stage: number;
  readonly stageNumber: string;
}

const stages = ['dev', 'alpha', 'beta', 'pre', 'rc', ''];

export function compareOpenssl(a: string, b: string): Result<Ordering> {
  return compareParsed(parseOpenssl(a), parseOpenssl(b), compareVersions);
}

/** `-fips` and build marks name the same source, so they do not count. */
function parseOpenssl(text: string): Result<OpensslVersion> {
  const match = /^(\d+)\.(\d+)\.(\d+)([a-z]*)(?:-(dev|alpha|beta|pre|rc)(\d*))?(?:-fips)?(?:\+[\w.-]+)?$/.exec(text);
  if (!match) return unreadable('openssl', text, 'a release looks like 1.1.1w, 3.0.13 or 3.2.0-beta1');
  const [, major = '', minor = '', fix = '', letters = '', stage = '', stageNumber = ''] = match;
  return ok({ numbers: [major, minor, fix], letters, stage: stages.indexOf(stage), stageNumber });
}

function compareVersions(a: OpensslVersion, b: OpensslVersion): number {
  for (let i = 0; i < 3; i++) {
    const sign = compareDigits(a.numbers[i] ?? '', b.numbers[i] ?? '');
    if (sign !== 0) return sign;
  }
  const letters = Number(a.letters > b.letters) - Number(a.letters < b.letters);
  return letters || a.stage - b.stage || compareDigits(a.stageNumber, b.stageNumber);
}

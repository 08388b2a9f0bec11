import { ok, type Result } from '#foundation/index.ts';
import { unreadable } from '../../ordering.ts';

/** A version as Composer normalises it. */
export interface PackagistVersion {
  /** Digits; four of them for the usual form, more for dates. */
  readonly numbers: readonly string[];
  /** Position in dev < alpha < beta < RC < release < patch. */
  readonly stage: number;
  /** The numbers after the stage's word (`RC2.1`). */
  readonly stageNumbers: readonly string[];
  readonly isDev: boolean;
}

export const STAGE = { ALPHA: 1, BETA: 2, RC: 3, RELEASE: 4, PATCH: 5 } as const;

const stages: Readonly<Record<string, number>> = {
  a: STAGE.ALPHA,
  alpha: STAGE.ALPHA,
  b: STAGE.BETA,
  beta: STAGE.BETA,
  rc: STAGE.RC,
  p: STAGE.PATCH,
  pl: STAGE.PATCH,
  patch: STAGE.PATCH,
};

/** What an `x` in a branch name stands for, so that the branch is newer than every release of its line. */
const endless = '9999999';

const classical = /v?(\d{1,5}(?:\.\d+){0,3})(?!\d)/y;
const date = /v?(\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3})?)/y;
const modifier = /[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?\d+(?:[.-]\d+)*)?))?([.-]?dev)?$/y;
const branch = /^v?(\d+(?:\.(?:\d+|[x*])){0,3})[.-]?dev$/;

export function parsePackagist(text: string): Result<PackagistVersion> {
  const bare = text
    .toLowerCase()
    .replace(/@(?:stable|rc|beta|alpha|dev)$/, '')
    .replace(/^([^,\s+]+)\+\S+$/, '$1');
  if (/^dev-|^(?:master|trunk|default)$/.test(bare)) {
    return unreadable('packagist', text, 'it is a branch, which is neither older nor newer than a release');
  }
  const version = parseWith(classical, bare, 4) ?? parseWith(date, bare, 0) ?? parseBranch(bare);
  return version ? ok(version) : unreadable('packagist', text, 'Composer would refuse it');
}

function parseWith(form: RegExp, text: string, padding: number): PackagistVersion | undefined {
  form.lastIndex = 0;
  const match = form.exec(text);
  modifier.lastIndex = form.lastIndex;
  const suffix = match && modifier.exec(text);
  if (!suffix) return undefined;
  const numbers = (match[1] ?? '').split(/[.:-]/);
  while (numbers.length < padding) numbers.push('0');
  const [, word = '', digits = '', dev] = suffix;
  const stage = stages[word] ?? STAGE.RELEASE;
  const stageNumbers = stage === STAGE.RELEASE ? [] : digits.split(/[.-]/).filter(Boolean);
  return { numbers, stage, stageNumbers, isDev: dev !== undefined && word !== 'stable' };
}

/** `2.x-dev` and `2.1.x-dev`. */
function parseBranch(text: string): PackagistVersion | undefined {
  const match = branch.exec(text);
  if (!match) return undefined;
  const numbers = (match[1] ?? '').split('.').map((part) => (part === 'x' || part === '*' ? endless : part));
  while (numbers.length < 4) numbers.push(endless);
  return { numbers, stage: STAGE.RELEASE, stageNumbers: [], isDev: true };
}

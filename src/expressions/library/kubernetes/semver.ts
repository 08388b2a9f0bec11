import { int64 } from '../../values/numbers.ts';
import { EvaluationFault, Opaque } from '../../values/value.ts';
import { global, member, type Overload } from '../function.ts';

/** A semantic version 2.0.0. The module `versions` compares texts; here a version is a value with parts. */
class SemanticVersion extends Opaque {
  readonly typeName = 'kubernetes.Semver';
  readonly numbers: readonly [bigint, bigint, bigint];
  readonly prerelease: readonly string[];
  constructor(numbers: readonly [bigint, bigint, bigint], prerelease: readonly string[]) {
    super();
    this.numbers = numbers;
    this.prerelease = prerelease;
  }
  equals(other: Opaque): boolean {
    return other instanceof SemanticVersion && compare(this, other) === 0;
  }
  override toString(): string {
    return this.numbers.join('.') + (this.prerelease.length > 0 ? `-${this.prerelease.join('.')}` : '');
  }
}

const NUMBER = '(0|[1-9][0-9]{0,18})';
const EXACT = new RegExp(
  `^${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-([0-9A-Za-z.-]{1,200}))?(?:\\+([0-9A-Za-z.-]{1,200}))?$`,
);

function parseVersion(text: string, isLoose: boolean): SemanticVersion | undefined {
  const found = EXACT.exec(isLoose ? normalised(text) : text);
  if (found === null) return undefined;
  const [, major = '', minor = '', patch = '', prerelease, build] = found;
  const parts = prerelease?.split('.') ?? [];
  const isBroken =
    parts.some((part) => part === '' || /^0[0-9]+$/.test(part)) || build?.split('.').includes('') === true;
  return isBroken ? undefined : new SemanticVersion([BigInt(major), BigInt(minor), BigInt(patch)], parts);
}

/** Takes `v1`, `1.2` and `01.2.3` too. */
function normalised(text: string): string {
  const [, numbers = '', rest = ''] = /^v?([0-9.]{1,80})(.*)$/.exec(text) ?? [];
  const parts = numbers.split('.').map((part) => part.replace(/^0+(?=[0-9])/, ''));
  while (parts.length < 3) parts.push('0');
  return parts.join('.') + rest;
}

function versionOf(text: string, isLoose = false): SemanticVersion {
  const version = parseVersion(text, isLoose);
  if (version === undefined) throw new EvaluationFault(`${JSON.stringify(text.slice(0, 50))} is no semantic version`);
  return version;
}

function compare(a: SemanticVersion, b: SemanticVersion): number {
  for (const [index, number] of a.numbers.entries()) {
    const other = b.numbers[index] ?? 0n;
    if (number !== other) return number < other ? -1 : 1;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0)
    return Math.sign(b.prerelease.length - a.prerelease.length);
  for (const [index, part] of a.prerelease.entries()) {
    const order = comparePart(part, b.prerelease[index]);
    if (order !== 0) return order;
  }
  return a.prerelease.length < b.prerelease.length ? -1 : 0;
}

function comparePart(a: string, b: string | undefined): number {
  if (b === undefined) return 1;
  if (a === b) return 0;
  const [isNumber, isOtherNumber] = [a, b].map((part) => /^[0-9]+$/.test(part));
  if (isNumber && isOtherNumber) return BigInt(a) < BigInt(b) ? -1 : 1;
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return a < b ? -1 : 1;
}

const part = (index: 0 | 1 | 2) => (version: SemanticVersion) => int64(version.numbers[index]);

export const semanticVersions: readonly Overload[] = [
  global('semver', 'string -> kubernetes.Semver', (text: string) => versionOf(text)),
  global('semver', 'string, bool -> kubernetes.Semver', versionOf),
  global('isSemver', 'string -> bool', (text: string) => parseVersion(text, false) !== undefined),
  global(
    'isSemver',
    'string, bool -> bool',
    (text: string, isLoose: boolean) => parseVersion(text, isLoose) !== undefined,
  ),
  member('major', 'kubernetes.Semver -> int', part(0)),
  member('minor', 'kubernetes.Semver -> int', part(1)),
  member('patch', 'kubernetes.Semver -> int', part(2)),
  member('compareTo', 'kubernetes.Semver, kubernetes.Semver -> int', compare),
  member(
    'isLessThan',
    'kubernetes.Semver, kubernetes.Semver -> bool',
    (a: SemanticVersion, b: SemanticVersion) => compare(a, b) < 0,
  ),
  member(
    'isGreaterThan',
    'kubernetes.Semver, kubernetes.Semver -> bool',
    (a: SemanticVersion, b: SemanticVersion) => compare(a, b) > 0,
  ),
];

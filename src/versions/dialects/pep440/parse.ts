import { err, ok, type Result } from '#foundation/index.ts';
import { compareDigits } from '../../characters.ts';
import type { VersionConstraint } from '../../constraint.ts';
import { accept, allOf, everything, parseAlternatives, parseComparators, parseEach } from '../../constraint-logic.ts';
import { ordering, quoted } from '../../ordering.ts';
import { compareReleases, compareVersions } from '../../schemes/pep440/compare.ts';
import { type Pep440Version, parsePep440 } from '../../schemes/pep440/parse.ts';

const operators = ['===', '~=', '==', '!=', '<=', '>=', '<', '>'];

/** Specifiers by PEP 440 with pre-releases admitted, as vulnerability ranges need them. `||` joins alternatives. */
export function parsePep440Specifiers(text: string): Result<VersionConstraint> {
  return parseAlternatives(text, /\|\|/, parseSet);
}

function parseSet(text: string): Result<VersionConstraint> {
  const comparators = parseComparators(text, operators);
  if (!comparators.ok) return comparators;
  if (comparators.value.length === 0) return ok(everything);
  const parts = parseEach(comparators.value, ({ operator, version }) => specifierOf(operator, version));
  return parts.ok ? ok(allOf(parts.value)) : parts;
}

function specifierOf(operator: string, operand: string): Result<VersionConstraint> {
  if (operator === '===') return ok({ satisfies: (version) => ok(version.toLowerCase() === operand.toLowerCase()) });
  const isPrefix = operand.endsWith('.*') && (operator === '==' || operator === '!=');
  const parsed = parsePep440(isPrefix ? operand.slice(0, -2) : operand);
  if (!parsed.ok) return parsed;
  if (operator === '~=' && parsed.value.release.length < 2) return err(`~= needs two numbers, not ${quoted(operand)}`);
  const rule = isPrefix ? prefixRule(operator, parsed.value) : ruleOf(operator, parsed.value);
  if (!rule) return err(`${quoted(operator + operand)} needs a PEP 440 operator before the version`);
  return ok({
    satisfies: (text) => {
      const version = parsePep440(text);
      return version.ok ? ok(rule(version.value)) : version;
    },
  });
}

type Rule = (version: Pep440Version) => boolean;

function ruleOf(operator: string, operand: Pep440Version): Rule | undefined {
  if (operator === '~=') {
    const series = prefixRule('==', { epoch: operand.epoch, release: operand.release.slice(0, -1), local: [] });
    return (version) => compareVersions(publicOf(version), operand) >= 0 && series(version);
  }
  if (operator === '<') return (version) => isBefore(version, operand);
  if (operator === '>') return (version) => isAfter(version, operand);
  const comparable = operand.local.length > 0 ? (version: Pep440Version) => version : publicOf;
  const test: Rule = (version) => {
    const answer = accept(operator, ordering(compareVersions(comparable(version), operand)));
    return answer.ok && answer.value;
  };
  return operators.includes(operator) ? test : undefined;
}

/** Local labels mark a vendor's build; specifiers without one pass over them. */
function publicOf(version: Pep440Version): Pep440Version {
  return { ...version, local: [] };
}

/** `<2` leaves out the pre-releases of 2 unless the operand is itself one. */
function isBefore(version: Pep440Version, operand: Pep440Version): boolean {
  if (compareVersions(version, operand) >= 0) return false;
  return isPrerelease(operand) || !isPrerelease(version) || !hasSameRelease(version, operand);
}

/** `>2` leaves out the post-releases and local builds of 2 unless the operand is itself a post-release. */
function isAfter(version: Pep440Version, operand: Pep440Version): boolean {
  if (compareVersions(publicOf(version), operand) <= 0) return false;
  const leavesOutPosts = operand.post === undefined && operand.dev === undefined;
  return !leavesOutPosts || version.post === undefined || compareVersions(stageOf(version), stageOf(operand)) !== 0;
}

/** What a post-release follows: `1.0a1` of `1.0a1.post2`. */
function stageOf({ epoch, release, pre }: Pep440Version): Pep440Version {
  return { epoch, release, ...(pre && { pre }), local: [] };
}

function isPrerelease({ pre, dev }: Pep440Version): boolean {
  return pre !== undefined || dev !== undefined;
}

/** Whether both lead to the same release or to the same post-release. */
function hasSameRelease(a: Pep440Version, b: Pep440Version): boolean {
  const isSame = compareDigits(a.epoch, b.epoch) === 0 && compareReleases(a.release, b.release) === 0;
  return isSame && (b.post === undefined || (a.post !== undefined && compareDigits(a.post, b.post) === 0));
}

/** `==2.1.*`: the numbers given are the first ones of the version. */
function prefixRule(operator: string, { epoch, release, pre, post }: Pep440Version): Rule {
  return (version) => {
    const padded = release.map((_, i) => version.release[i] ?? '0');
    const isSame = compareDigits(version.epoch, epoch) === 0 && compareReleases(padded, release) === 0;
    const fits = isSame && (!pre || samePre(version.pre, pre)) && (post === undefined || version.post === post);
    return fits === (operator === '==');
  };
}

function samePre(a: Pep440Version['pre'], b: NonNullable<Pep440Version['pre']>): boolean {
  return a?.stage === b.stage && compareDigits(a.number, b.number) === 0;
}

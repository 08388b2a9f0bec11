import { asMembers, asText, memberOf, textsOf } from '#foundation/documents/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { isSeverity } from '#model/index.ts';
import { checks } from '../evidence/index.ts';
import { checkPattern } from '../pattern/index.ts';
import { confidences, type RuleForm, type SecretRule } from './rule.ts';

const forms: ReadonlyMap<string, RuleForm> = new Map([
  ['token', 'token'],
  ['assignment', 'assignment'],
  ['text', 'text'],
]);

const MAX_ANCHORS = 40;
const MAX_REACH = 128;
const MAX_SPAN = 20_000;

/**
 * Reads one rule in the form of content/rules/secrets. The error says what is wrong with it, without its id.
 * Patterns of rules that we wrote are checked by a test instead of at every start: `isTrusted`.
 */
export function parseRule(value: unknown, isTrusted = false): Result<SecretRule> {
  const members = asMembers(value);
  const [id, pattern] = [asText(members?.['id']), asText(members?.['pattern'])];
  if (id === undefined || !/^[a-z0-9][a-z0-9-]{1,79}$/.test(id))
    return err('has no id of lower case letters, digits and dashes');
  if (pattern === undefined) return err('has no pattern');
  const severity = asText(memberOf(value, 'severity')) ?? 'high';
  if (!isSeverity(severity)) return err('has an unknown severity; there are critical, high, medium, low and info');
  const form = forms.get(asText(memberOf(value, 'form')) ?? 'text');
  if (form === undefined) return err('has an unknown form; there are token, assignment and text');
  const anchors = textsOf(memberOf(value, 'anchors') ?? []);
  if (anchors.length === 0 || anchors.length > MAX_ANCHORS || !anchors.every(isAnchor))
    return err(`needs 1 to ${MAX_ANCHORS} anchors of 3 to 64 ASCII characters`);
  const options = parseOptions(value);
  if (!options.ok) return options;
  const rule: SecretRule = {
    id,
    title: asText(memberOf(value, 'title')) ?? id,
    severity,
    form,
    anchors,
    pattern,
    references: textsOf(memberOf(value, 'references') ?? []),
    finds: textsOf(memberOf(value, 'finds') ?? []),
    ignores: textsOf(memberOf(value, 'ignores') ?? []),
    ...options.value,
  };
  return isTrusted ? ok(rule) : withBounds(rule, memberOf(value, 'isGuessable') === undefined);
}

/**
 * Rules of somebody else: a slow expression would hold up every scan, so that its cost is found out. Unless they say so, only tokens
 * are taken for what nobody can guess.
 */
function withBounds(rule: SecretRule, isGuessableUnsaid: boolean): Result<SecretRule> {
  const checked = checkPattern(rule.pattern);
  if (!checked.ok) return err(`has a pattern that ${checked.error}`);
  const named = rule.name === undefined ? undefined : checkPattern(rule.name);
  if (named?.ok === false) return err(`has a pattern for names that ${named.error}`);
  const { longest, steps } = checked.value;
  if (longest > MAX_SPAN) return err(`has a pattern for more than ${MAX_SPAN} characters`);
  const isGuessable = isGuessableUnsaid && rule.form !== 'token';
  return ok({ ...rule, span: Math.max(rule.span ?? 0, longest), steps, ...(isGuessable && { isGuessable }) });
}

type Options = Pick<
  SecretRule,
  | 'confidence'
  | 'name'
  | 'files'
  | 'near'
  | 'reach'
  | 'span'
  | 'entropy'
  | 'value'
  | 'check'
  | 'isGuessable'
  | 'isGeneric'
  | 'examplePath'
>;

function parseOptions(value: unknown): Result<Options> {
  const text = (name: string) => asText(memberOf(value, name));
  const confidence = confidences.find((word) => word === (text('confidence') ?? 'medium'));
  if (confidence === undefined || confidence === 'verified')
    return err('has an unknown confidence; there are high, medium and low');
  const kind = (['random', 'chosen'] as const).find((word) => word === text('value'));
  if (kind === undefined && text('value') !== undefined)
    return err('has an unknown kind of value; there are random and chosen');
  const check = text('check');
  if (check !== undefined && !checks.has(check)) return err(`asks for an unknown check: ${check}`);
  const numbers = [bounded(value, 'reach', MAX_REACH), bounded(value, 'span', MAX_SPAN), bounded(value, 'entropy', 8)];
  const wrong = numbers.find((number) => number === 'wrong');
  if (wrong !== undefined)
    return err(`has a number out of bounds: reach to ${MAX_REACH}, span to ${MAX_SPAN}, entropy to 8`);
  const [reach, span, entropy] = numbers.map((number) => (number === 'wrong' ? undefined : number));
  const [files, near] = [textsOf(memberOf(value, 'files') ?? []), textsOf(memberOf(value, 'near') ?? [])];
  const [name, examplePath] = [text('name'), text('examplePath')];
  return ok({
    confidence,
    ...(name !== undefined && { name }),
    ...(files.length > 0 && { files }),
    ...(near.length > 0 && { near: near.map((word) => word.toLowerCase()) }),
    ...(reach !== undefined && { reach }),
    ...(span !== undefined && { span }),
    ...(entropy !== undefined && { entropy }),
    ...(kind !== undefined && { value: kind }),
    ...(check !== undefined && { check }),
    ...(memberOf(value, 'isGuessable') === true && { isGuessable: true }),
    ...(memberOf(value, 'isGeneric') === true && { isGeneric: true }),
    ...(examplePath !== undefined && { examplePath }),
  });
}

function bounded(value: unknown, name: string, most: number): number | undefined | 'wrong' {
  const number = memberOf(value, name);
  if (number === undefined) return undefined;
  return typeof number === 'number' && number >= 0 && number <= most ? number : 'wrong';
}

function isAnchor(text: string): boolean {
  return /^[\x20-\x7e]{3,64}$/.test(text);
}

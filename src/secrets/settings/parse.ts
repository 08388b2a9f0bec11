import { asMembers, asText, textsOf } from '#foundation/documents/index.ts';
import { err, ok, printable, type Result } from '#foundation/index.ts';
import { checkPattern } from '../pattern/index.ts';
import { builtInRules } from '../rules/index.ts';
import { parseRule } from '../rules/parse.ts';
import type { SecretRule } from '../rules/rule.ts';
import type { SecretAllowance, SecretSettings } from './settings.ts';

const MEMBERS = new Set(['rules', 'disable', 'allow', 'allowValues']);
const ALLOWANCE_MEMBERS = new Set(['reason', 'rules', 'paths', 'fingerprints']);
/** More than these are no settings any more. */
const MAX_RULES = 500;
const MAX_ALLOWED = 2000;

/**
 * Reads `.plimsoll/secrets.yaml`, already parsed to a value. The error names every fault, one a line: a setting that is not understood
 * must not be passed over, as it would hide secrets or fail to.
 *
 * @example
 * rules:
 *   - { id: corp-token, title: Corp token, form: token, anchors: [corp_], pattern: 'corp_[a-z0-9]{32}' }
 * disable: [mapbox-public-token]
 * allow:
 *   - { reason: key of the demo server, paths: ['srv/demo/**'], rules: [private-key] }
 * allowValues: ['^demo-']
 */
export function parseSecretSettings(value: unknown, statedIn: string): Result<SecretSettings> {
  const faults: string[] = [];
  const members = value === null || value === undefined ? {} : asMembers(value);
  if (members === undefined) return err(`${statedIn}: must be a mapping with ${[...MEMBERS].join(', ')}`);
  for (const name of Object.keys(members)) if (!MEMBERS.has(name)) faults.push(`there is no setting ${name}`);
  const rules = parseRules(members['rules'], faults);
  const known = new Set([...builtInRules(), ...rules].map((rule) => rule.id));
  const disabled = textsOf(members['disable'] ?? []);
  for (const id of disabled) if (!known.has(id)) faults.push(`disable: there is no rule ${id}`);
  const allowed = parseAllowed(members['allow'], known, faults);
  const allowedValues = textsOf(members['allowValues'] ?? []);
  for (const pattern of allowedValues) {
    const checked = checkPattern(pattern);
    if (!checked.ok) faults.push(`allowValues: ${pattern} ${checked.error}`);
  }
  if (faults.length > 0) return err(inWords(faults, statedIn));
  return ok({ rules, disabled, allowed, allowedValues, statedIn });
}

const MAX_FAULTS = 20;

/** Names in the settings are the user's and may be of any length. */
function inWords(faults: readonly string[], statedIn: string): string {
  const lines = faults.slice(0, MAX_FAULTS).map((fault) => `${statedIn}: ${printable(fault.slice(0, 160))}`);
  const more = faults.length - lines.length;
  return [...lines, ...(more > 0 ? [`${statedIn}: and ${more} more faults`] : [])].join('\n');
}

function listOf(value: unknown, name: string, most: number, faults: string[]): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) faults.push(`${name}: must be a list`);
  else if (value.length > most) faults.push(`${name}: has more than ${most} items`);
  else return value;
  return [];
}

function parseRules(value: unknown, faults: string[]): SecretRule[] {
  const ids = new Set<string>();
  return listOf(value, 'rules', MAX_RULES, faults).flatMap((item, index) => {
    const rule = parseRule(item);
    const where = `rules: ${asText(asMembers(item)?.['id']) ?? `item ${index + 1}`}`;
    if (!rule.ok) faults.push(`${where} ${rule.error}`);
    else if (ids.has(rule.value.id)) faults.push(`${where} is there twice`);
    else {
      ids.add(rule.value.id);
      return [rule.value];
    }
    return [];
  });
}

function parseAllowed(value: unknown, known: ReadonlySet<string>, faults: string[]): SecretAllowance[] {
  return listOf(value, 'allow', MAX_ALLOWED, faults).flatMap((item, index) => {
    const fault = allowanceFault(item, known);
    if (fault !== undefined) {
      faults.push(`allow: item ${index + 1} ${fault}`);
      return [];
    }
    const members = asMembers(item) ?? {};
    const lists = (['rules', 'paths', 'fingerprints'] as const)
      .filter((name) => members[name] !== undefined)
      .map((name) => [name, textsOf(members[name])]);
    return [{ reason: asText(members['reason']) ?? '', ...Object.fromEntries(lists) }];
  });
}

function allowanceFault(item: unknown, known: ReadonlySet<string>): string | undefined {
  const members = asMembers(item);
  if (members === undefined) return 'must be a mapping';
  const strange = Object.keys(members).find((name) => !ALLOWANCE_MEMBERS.has(name));
  if (strange !== undefined) return `has a member ${strange}; there are ${[...ALLOWANCE_MEMBERS].join(', ')}`;
  if (!asText(members['reason'])?.trim()) return 'gives no reason';
  const [rules, paths, fingerprints] = ['rules', 'paths', 'fingerprints'].map((name) => textsOf(members[name] ?? []));
  if ([rules, paths, fingerprints].every((list) => list?.length === 0))
    return 'names neither rules, paths nor fingerprints';
  const unknown = rules?.find((id) => !known.has(id));
  if (unknown !== undefined) return `names a rule that there is not: ${unknown}`;
  return paths?.some((path) => path.length > 1000) ? 'has a glob of more than 1000 characters' : undefined;
}

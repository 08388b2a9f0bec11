import type { ItemOf, RequestOf } from '../../api/client.ts';

export type Exception = ItemOf<'listExceptions'>;
export type Scope = Exception['scope'];
export type Reason = RequestOf<'requestException'>['body']['reason'];

/** Why findings need not be mended, as people say it. */
export const reasons: readonly { readonly value: Reason; readonly label: string }[] = [
  { value: 'risk-accepted', label: 'We accept the risk' },
  { value: 'deferred-until-fix', label: 'Wait until there is a fix' },
  { value: 'compensating-control', label: 'Something else protects us' },
  { value: 'false-positive', label: 'It is not so (false positive)' },
  { value: 'component_not_present', label: 'Not affected: the component is not there' },
  { value: 'vulnerable_code_not_present', label: 'Not affected: the vulnerable code is not there' },
  { value: 'vulnerable_code_not_in_execute_path', label: 'Not affected: the vulnerable code is never run' },
  { value: 'vulnerable_code_cannot_be_controlled_by_adversary', label: 'Not affected: no attacker can reach it' },
  { value: 'inline_mitigations_already_exist', label: 'Not affected: mitigated in the product' },
];

export function reasonLabel(reason: string): string {
  return reasons.find(({ value }) => value === reason)?.label ?? reason;
}

export const states = [
  'requested',
  'approved',
  'expiring',
  'draft',
  'expired',
  'revoked',
  'rejected',
] as const satisfies readonly Exception['state'][];

export const stateWords: Readonly<
  Record<Exception['state'], { readonly label: string; readonly look: 'plain' | 'good' | 'warn' | 'bad' }>
> = {
  requested: { label: 'Waiting for approval', look: 'warn' },
  approved: { label: 'In force', look: 'good' },
  expiring: { label: 'Ends soon', look: 'warn' },
  draft: { label: 'Draft', look: 'plain' },
  expired: { label: 'Ended', look: 'plain' },
  revoked: { label: 'Revoked', look: 'plain' },
  rejected: { label: 'Rejected', look: 'bad' },
};

/** What it is about, in one line. `teamName` gives the name of a team where it is known. */
export function scopeWords(scope: Scope, teamName: (id: string) => string | undefined): string {
  const what = [scope.rule, scope.package && `package ${scope.package}`].filter(Boolean).join(', ');
  const where = [
    scope.assets && `in ${scope.assets.name}`,
    scope.team && `of team ${teamName(scope.team) ?? 'unknown to you'}`,
  ].filter(Boolean);
  if (scope.finding !== undefined) return what === '' ? 'One finding' : `One finding of ${what}`;
  return `${what} ${where.length === 0 ? 'everywhere' : where.join(' ')}`.trim();
}

/** The filter of the list of findings that shows what it is about; undefined where that is one finding. */
export function scopeFilter(scope: Scope, teamName: (id: string) => string | undefined): string | undefined {
  if (scope.finding !== undefined) return undefined;
  const team = scope.team === undefined ? undefined : teamName(scope.team);
  const terms: readonly (readonly [string, string | undefined])[] = [
    ['kind', scope.kind],
    ['rule', scope.rule],
    ['package', scope.package],
    ['asset', scope.assets?.name],
    ['asset-kind', scope.assets?.kind],
    ['team', team],
  ];
  return terms.flatMap(([field, value]) => (value === undefined ? [] : [`${field}:${quoted(value)}`])).join(' ');
}

function quoted(value: string): string {
  return /^[\w.*/@:+~-]+$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}

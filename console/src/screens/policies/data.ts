import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/api.ts';
import type { AnswerOf, ItemOf } from '../../api/client.ts';

export type Policy = AnswerOf<'listPolicies'>['policies'][number];
export type Pack = AnswerOf<'listPolicies'>['packs'][number];
export type Binding = ItemOf<'listPolicyBindings'>;

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => call('listPolicies', undefined, { signal }),
});

export const bindingsQuery = queryOptions({
  queryKey: ['policy-bindings'],
  queryFn: ({ signal }) => call('listPolicyBindings', undefined, { signal }),
});

/** Where something is in force, in words. */
export function placeWords({
  team,
  assetKind,
  assetPrefix,
}: Pick<Binding, 'team' | 'assetKind' | 'assetPrefix'>): string {
  const what = assetKind === null ? 'everything' : `each ${assetKind}`;
  const whose = team === null ? '' : ` of ${team.name}`;
  return `${what}${whose}${assetPrefix === '' ? '' : ` whose name begins with ${assetPrefix}`}`;
}

import type { ItemOf } from '../../api/client.ts';

export type Scope = ItemOf<'listGrants'>['scope'];

/** Where a right holds, in words. */
export function scopeWords(scope: Scope, teamName: (id: string) => string): string {
  switch (scope.kind) {
    case 'all':
      return 'everywhere';
    case 'team':
      return `what ${teamName(scope.team)} owns`;
    case 'assets':
      return `each ${scope.asset} whose name begins with ${scope.prefix}`;
  }
}

export const roles = [
  { value: 'viewer', label: 'Viewer', about: 'reads everything, changes nothing' },
  { value: 'developer', label: 'Developer', about: 'works on findings, requests exceptions' },
  { value: 'security', label: 'Security', about: 'also policies, objectives, notifications' },
  { value: 'approver', label: 'Approver', about: 'also approves exceptions, reads the audit log' },
  { value: 'admin', label: 'Administrator', about: 'everything' },
  { value: 'agent', label: 'Agent', about: 'a machine that sends reports about itself' },
  { value: 'ci', label: 'CI', about: 'a pipeline that sends reports and asks for verdicts' },
] as const satisfies readonly { value: ItemOf<'listGrants'>['role']; label: string; about: string }[];

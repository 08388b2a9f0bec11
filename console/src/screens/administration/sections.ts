import { may } from '../../api/me.ts';
import type { Me, Permission } from '../../api/queries.ts';

export interface Section {
  /** In the address. */
  readonly id: string;
  readonly title: string;
  readonly permission: Permission;
  readonly group: 'People' | 'Notifications' | 'Rules' | 'System';
}

/** The parts of the screen in their order; what each shows stands in administration.tsx. */
export const sections = [
  { id: 'people', title: 'People and machines', permission: 'accounts:read', group: 'People' },
  { id: 'teams', title: 'Teams', permission: 'accounts:read', group: 'People' },
  { id: 'rights', title: 'Roles and rights', permission: 'accounts:read', group: 'People' },
  { id: 'tokens', title: 'Tokens', permission: 'tokens:write', group: 'People' },
  { id: 'trust', title: 'Trust in CI', permission: 'accounts:read', group: 'People' },
  { id: 'channels', title: 'Channels', permission: 'notifications:write', group: 'Notifications' },
  { id: 'rules', title: 'Rules', permission: 'notifications:write', group: 'Notifications' },
  { id: 'messages', title: 'Messages sent', permission: 'notifications:write', group: 'Notifications' },
  { id: 'trackers', title: 'Ticket trackers', permission: 'notifications:write', group: 'Notifications' },
  { id: 'ownership', title: 'Ownership', permission: 'policies:read', group: 'Rules' },
  { id: 'deadlines', title: 'Deadlines', permission: 'policies:read', group: 'Rules' },
  { id: 'limits', title: 'Limits of exceptions', permission: 'policies:read', group: 'Rules' },
  { id: 'audit', title: 'Audit log', permission: 'audit:read', group: 'System' },
  { id: 'health', title: 'System health', permission: 'system:read', group: 'System' },
] as const satisfies readonly Section[];

export type SectionId = (typeof sections)[number]['id'];

export function visibleSections(me: Me) {
  return sections.filter(({ permission }) => may(me, permission));
}

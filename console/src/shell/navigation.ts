import type { LinkProps } from '@tanstack/react-router';
import type { Permission } from '../api/queries.ts';
import type { IconName } from '../components/icon.tsx';

export interface NavigationEntry {
  /** As the user sees it. */
  readonly label: string;
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: IconName;
  /** After g: one letter, of this entry alone. */
  readonly key: string;
  /** Whoever has it nowhere does not see the entry. */
  readonly permission?: Permission;
  readonly group: 'work' | 'estate' | 'rules' | 'program' | 'system';
}

/** The screens in the order of the navigation. */
export const navigation: readonly NavigationEntry[] = [
  { label: 'Inbox', to: '/inbox', icon: 'inbox', key: 'i', group: 'work' },
  { label: 'Findings', to: '/findings', icon: 'findings', key: 'f', permission: 'findings:read', group: 'work' },
  { label: 'Alerts', to: '/alerts', icon: 'alerts', key: 't', permission: 'findings:read', group: 'work' },
  { label: 'Inventory', to: '/inventory', icon: 'inventory', key: 'v', permission: 'inventory:read', group: 'estate' },
  { label: 'Map', to: '/map', icon: 'map', key: 'w', permission: 'inventory:read', group: 'estate' },
  { label: 'Pipelines', to: '/pipelines', icon: 'pipelines', key: 'r', permission: 'inventory:read', group: 'estate' },
  { label: 'Policies', to: '/policies', icon: 'policies', key: 'p', permission: 'policies:read', group: 'rules' },
  { label: 'Exceptions', to: '/exceptions', icon: 'exceptions', key: 'x', permission: 'findings:read', group: 'rules' },
  { label: 'Administration', to: '/administration', icon: 'administration', key: 'a', group: 'system' },
  {
    label: 'Compliance',
    to: '/compliance',
    icon: 'compliance',
    key: 'c',
    permission: 'compliance:read',
    group: 'rules',
  },
  { label: 'Metrics', to: '/program', icon: 'metrics', key: 'm', permission: 'metrics:read', group: 'program' },
  { label: 'Learn', to: '/learn', icon: 'learn', key: 'l', permission: 'findings:read', group: 'program' },
];

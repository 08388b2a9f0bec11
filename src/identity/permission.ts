/** What an account may do. Each route of the API names the one that it needs. */
export const permissions = [
  'findings:read',
  'findings:triage',
  'exceptions:request',
  'exceptions:approve',
  'inventory:read',
  'reports:upload',
  'compliance:read',
  'compliance:attest',
  'policies:read',
  'policies:write',
  'metrics:read',
  'objectives:write',
  'notifications:write',
  'accounts:read',
  'accounts:write',
  'tokens:write',
  'audit:read',
  'system:metrics',
  'system:read',
  'system:write',
] as const;

export type Permission = (typeof permissions)[number];

const reading = ['findings:read', 'inventory:read', 'compliance:read', 'policies:read', 'metrics:read'] as const;
const developing = [...reading, 'findings:triage', 'exceptions:request', 'tokens:write'] as const;
const securing = [
  ...developing,
  'compliance:attest',
  'policies:write',
  'objectives:write',
  'notifications:write',
] as const;

/** Roles are named sets of permissions. A grant gives a role within a scope. */
export const roles = {
  viewer: reading,
  developer: developing,
  security: securing,
  approver: [...securing, 'exceptions:approve', 'audit:read'],
  admin: permissions,
  agent: ['reports:upload'],
  ci: ['reports:upload', 'findings:read', 'policies:read'],
  monitor: ['system:metrics'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;

export type Role = keyof typeof roles;

const byName: ReadonlyMap<string, ReadonlySet<Permission>> = new Map(
  Object.entries(roles).map(([name, list]) => [name, new Set(list)]),
);

/** None for a role that this version does not know. */
export function permissionsOf(role: string): ReadonlySet<Permission> {
  return byName.get(role) ?? new Set();
}

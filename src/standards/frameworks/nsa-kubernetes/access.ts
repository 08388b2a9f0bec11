import { exact, section, superset } from '../clauses.ts';

export const access = section('Authentication and authorization', [
  {
    id: '3.1',
    title: 'Authentication of users',
    text: 'At least one user authentication method should be implemented; weak methods such as static password files should not be used.',
    mappings: superset('PLM-ACCESS-FEDERATED-USERS', 'PLM-ACCESS-MULTI-FACTOR', 'PLM-CONTROL-PLANE-API-TOKEN-FILE'),
  },
  {
    id: '3.2',
    title: 'Anonymous requests',
    text: 'Anonymous requests should be disabled by passing --anonymous-auth=false to the API server.',
    mappings: superset(
      'PLM-CONTROL-PLANE-API-ANONYMOUS',
      'PLM-NODE-KUBELET-ANONYMOUS',
      'PLM-ACCESS-NO-ANONYMOUS-RIGHTS',
    ),
  },
  {
    id: '3.3',
    title: 'Role-based access control',
    text: 'RBAC is enabled (--authorization-mode=RBAC).',
    mappings: exact('PLM-CONTROL-PLANE-API-RBAC'),
  },
  {
    id: '3.4',
    title: 'No authorization by default',
    text: 'Flags such as AlwaysAllow, which allow all requests, are not left in place.',
    mappings: superset('PLM-CONTROL-PLANE-API-AUTHORISATION', 'PLM-NODE-KUBELET-AUTHORISATION'),
  },
  {
    id: '3.5',
    title: 'Least privilege',
    text: 'Privileges assigned to users, groups, and service accounts should follow the principle of least privilege, giving only required permissions to resources.',
    mappings: superset(
      'PLM-ACCESS-CLUSTER-ADMIN',
      'PLM-ACCESS-WILDCARDS',
      'PLM-ACCESS-BINDING-SCOPE',
      'PLM-ACCESS-ROLE-SECRETS',
      'PLM-ACCESS-ROLE-WORKLOADS',
      'PLM-ACCESS-ROLE-EXEC',
      'PLM-ACCESS-ROLE-ESCALATE',
      'PLM-ACCESS-ROLE-BIND',
      'PLM-ACCESS-ROLE-IMPERSONATE',
      'PLM-ACCESS-ROLE-WRITES-RIGHTS',
      'PLM-ACCESS-OWN-SERVICE-ACCOUNT',
      'PLM-ACCESS-DEFAULT-ACCOUNT-RIGHTS',
    ),
  },
]);

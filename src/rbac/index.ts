/** The API server's authorizer over the roles and bindings of manifests: who may do what, and through which binding and rule. */
export {
  type Authorization,
  authorize,
  type Grant,
  type Permissions,
  permissionsOf,
  type Question,
  whoCan,
} from './authorize.ts';
export type { Binding, Role, Subject } from './objects.ts';
export { Rbac, type RbacOptions, type RuleOfRole } from './rbac.ts';
export { type Action, coversResource, type ResourceAction, type Rule, type UrlAction } from './rule.ts';
export { describeSubject, serviceAccountUser, type User } from './user.ts';

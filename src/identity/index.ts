export { type Permission, permissions, type Role, roles } from './permission.ts';
export { type AssetKind, assetKinds, type Grant, type Principal, type Scope, scopesOf } from './principal.ts';

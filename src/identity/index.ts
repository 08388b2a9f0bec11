export { covers, isUnlimited, limited, mayGrant } from './delegation.ts';
export { hashPassword, passwordProblem, verifyPassword } from './password.ts';
export { type Permission, permissions, permissionsOf, type Role, roles } from './permission.ts';
export { type AssetKind, assetKinds, type Grant, type Principal, type Scope, scopesOf } from './principal.ts';
export {
  formatToken,
  hashSecret,
  newRecoveryCodes,
  newSecret,
  parseToken,
  plainRecoveryCode,
  type TokenKind,
} from './secret.ts';
export { base32, newTotpSecret, totpStep, totpUri } from './totp.ts';

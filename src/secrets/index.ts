export { secretsInConfig } from './config.ts';
export type { SecretFinding, SecretFragment, SecretSource } from './finding.ts';
export { type LeftOut, type SecretFindings, type SecretReading, secretFindings } from './findings.ts';
export { secretReader, secretReaderId } from './reader.ts';
export { redactSecrets } from './redact.ts';
export { builtInRules as builtInSecretRules } from './rules/index.ts';
export { parseSecretSettings } from './settings/parse.ts';
export type { SecretSettings } from './settings/settings.ts';

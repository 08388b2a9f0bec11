import { checksumBase62, checksumBech32, checksumGrafana } from './checksums.ts';
import { base64Credentials, jsonWebToken, urlPassword } from './credentials.ts';
import { awsKeyId, base64Bytes, opensshPrivateKey, pemPrivateKey } from './keys.ts';
import type { Check } from './verdict.ts';

/** What a rule can have looked into, by the name that rules use. */
export const checks: ReadonlyMap<string, Check> = new Map([
  ['checksum-base62', checksumBase62],
  ['checksum-grafana', checksumGrafana],
  ['bech32', checksumBech32],
  ['aws-key-id', awsKeyId],
  ['base64-32-bytes', base64Bytes(32)],
  ['base64-64-bytes', base64Bytes(64)],
  ['base64-credentials', base64Credentials],
  ['url-password', urlPassword],
  ['jwt', jsonWebToken],
  ['pem-private-key', pemPrivateKey],
  ['openssh-private-key', opensshPrivateKey],
]);

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSecretName } from './secret-name.ts';

const secrets =
  'PASSWORD DB_PASSWORD dbPassword NPM_TOKEN api-key AWS_SECRET_ACCESS_KEY MYSQL_ROOT_PASSWORD PGPASSWORD GITHUB_PAT';
const others =
  'PASSWORD_FILE TOKEN_EXPIRATION_MINUTES TOKEN_URL AWS_ACCESS_KEY_ID ALLOW_EMPTY_PASSWORD PATH PWD KEYBOARD TOKENIZERS_PARALLELISM SECRET_NAME PUBLIC_KEY PASSWORD_LENGTH PATTERN';

for (const name of secrets.split(' ')) test(`${name} is a secret`, () => assert.ok(isSecretName(name)));
for (const name of others.split(' ')) test(`${name} is none`, () => assert.ok(!isSecretName(name)));

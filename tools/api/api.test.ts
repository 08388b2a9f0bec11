import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertMatchesFile } from '../../test/kit/snapshot.ts';
import { clientTypes } from './client-types.ts';
import { operations } from './document.ts';
import { apiReference } from './reference.ts';
import { typeText } from './type-text.ts';

const root = new URL('../../', import.meta.url);
const MODULE = 'console/src/api/operations.ts';

/** As the linter wants files that are kept. */
function formatted(text: string): string {
  const biome = fileURLToPath(new URL('node_modules/@biomejs/biome/bin/biome', root));
  const done = spawnSync(process.execPath, [biome, 'format', `--stdin-file-path=${MODULE}`], {
    cwd: fileURLToPath(root),
    input: text,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout;
}

test('the typed client has the operations of the server as they are', () => {
  assertMatchesFile(formatted(clientTypes(operations())), new URL(MODULE, root));
});

test('the reference page of the interface has them, too', () => {
  assertMatchesFile(apiReference(operations()), new URL('docs/reference/api.md', root));
});

test('types of schemas', () => {
  const cases: readonly [schema: unknown, type: string][] = [
    [{}, 'unknown'],
    [{ type: 'integer', minimum: 1 }, 'number'],
    [{ enum: ['a', 'b', 'a'] }, '"a" | "b"'],
    [{ const: true }, 'true'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'array', items: { enum: [1, 2] } }, 'readonly (1 | 2)[]'],
    [{ type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] }, 'readonly [string, number]'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'Readonly<Record<string, number>>'],
    [{ type: 'object', additionalProperties: false }, 'Readonly<Record<string, never>>'],
    [
      { type: 'object', properties: { a: { type: 'string' }, b: {} }, required: ['a'] },
      '{ readonly "a": string; readonly "b"?: unknown | undefined; }',
    ],
    [{ allOf: [{ type: 'string' }, {}] }, '(string) & (unknown)'],
  ];
  for (const [schema, type] of cases) assert.equal(typeText(schema), type);
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseReference } from '../reference/reference.ts';
import type { RegistryOptions } from './options.ts';
import { placesFor } from './places.ts';
import { parseRegistrySettings } from './registries-settings.ts';

const text = `
unqualified-search-registries = ["docker.io"]  # not ours to follow
[[registry]]
prefix = "docker.io/library"
location = "docker.io/library"
  [[registry.mirror]]
  location = "mirror.example:5000/hub/" # first
  [[registry.mirror]]
  location = 'second.example'
  insecure = true
[[registry]]
location = "old.example"
insecure = true
[[ registry ]]
prefix = "*.blocked.example"
blocked = true
[[registry]]
prefix = "moved.example/team"
location = "new.example/other/team"
[aliases]
location = "nonsense"
`;

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-conf-'));
const conf = join(directory, 'registries.conf');
writeFileSync(conf, text);
after(() => rmSync(directory, { recursive: true }));

async function places(name: string, mirrors: RegistryOptions['mirrors'] = []): Promise<string[] | string> {
  const reference = parseReference(name);
  assert.ok(reference.ok);
  const found = await placesFor(reference.value, { mirrors, environment: { CONTAINERS_REGISTRIES_CONF: conf } });
  if (!found.ok) return found.error.code;
  return found.value.map(
    ({ host, repository, insecure, isMirror }) =>
      `${isMirror ? 'mirror ' : ''}${host}/${repository}${insecure ? ' insecure' : ''}`,
  );
}

const rows: readonly (readonly [string, string[] | string])[] = [
  [
    'debian',
    ['mirror mirror.example:5000/hub/debian', 'mirror second.example/debian insecure', 'docker.io/library/debian'],
  ],
  ['grafana/grafana', ['docker.io/grafana/grafana']],
  ['old.example/a/b', ['old.example/a/b insecure']],
  ['older.example/a', ['older.example/a']],
  ['x.blocked.example/a', 'denied'],
  ['moved.example/team/app', ['new.example/other/team/app']],
  ['moved.example/teams/app', ['moved.example/teams/app']],
];
for (const [name, expected] of rows) {
  test(`${name}: ${JSON.stringify(expected)}`, async () => assert.deepEqual(await places(name), expected));
}

test('mirrors of the command line go first', async () => {
  assert.deepEqual(await places('grafana/grafana', ['docker.io=a.example/x', 'other.example=b.example']), [
    'mirror a.example/x/grafana/grafana',
    'docker.io/grafana/grafana',
  ]);
});

test('other files are no settings', () => {
  for (const other of [
    '',
    '[[registry]]',
    '[[registry.mirror]]\nlocation="x"',
    'location = "x"',
    '[[registry]]\nlocation = 7',
    '['.repeat(100_000),
  ]) {
    assert.deepEqual(parseRegistrySettings(other), []);
  }
});

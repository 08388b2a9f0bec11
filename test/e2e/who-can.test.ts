import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src/bin/plimsoll.ts', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'plimsoll-who-can-'));
after(() => rmSync(place, { recursive: true }));

mkdirSync(join(place, 'known/deep'), { recursive: true });
mkdirSync(join(place, 'holes'));
mkdirSync(join(place, 'nothing'));
writeFileSync(
  join(place, 'known/bindings.yaml'),
  `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects:
  - {kind: ServiceAccount, name: web, namespace: shop}
`,
);
writeFileSync(
  join(place, 'known/deep/roles.yaml'),
  `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules:
  - {apiGroups: [apps], resources: [deployments], verbs: [get]}
  - {apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [web-tls]}
`,
);
writeFileSync(
  join(place, 'holes/bindings.yaml'),
  `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: gone}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: gone}
subjects: [{kind: User, name: ann, apiGroup: rbac.authorization.k8s.io}]
`,
);
writeFileSync(
  join(place, 'holes/role.yaml'),
  'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nname: {{ .Values.x }}\n',
);

function whoCan(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'who-can', ...words], {
    encoding: 'utf8',
    cwd: place,
  });
  return { status, stdout, stderr };
}

describe('who-can', () => {
  test('names the holder with binding, rule and limits', () => {
    const { status, stdout } = whoCan('get', 'secrets', '--in', 'known');
    assert.equal(status, 0);
    assert.match(stdout, /ServiceAccount shop\/web {2}in namespace shop, only web-tls/);
    assert.match(
      stdout,
      /by RoleBinding web \(known\/bindings\.yaml:6\) and ClusterRole reader \(known\/deep\/roles\.yaml:6\)/,
    );
  });

  const table: readonly [words: string, isHolder: boolean][] = [
    ['get deployments.apps', true],
    ['get deployments', true],
    ['get deployments.extensions', false],
    ['get deployments/scale', false],
    ['get deployments --subresource scale', false],
    ['list deployments', false],
    ['get secrets --name web-tls', true],
    ['get secrets --name other', false],
    ['get secrets -n other', false],
    ['get /metrics', false],
  ];
  for (const [words, isHolder] of table)
    test(words, () => assert.equal(whoCan(...words.split(' '), '--in', 'known').stdout.includes('shop/web'), isHolder));

  test('tells programs the same', () => {
    const { holders, unknown } = JSON.parse(whoCan('get', 'deployments', '--in', 'known', '--json').stdout);
    assert.deepEqual(holders[0], {
      subject: { kind: 'ServiceAccount', name: 'web', namespace: 'shop' },
      namespace: 'shop',
      binding: { kind: 'RoleBinding', name: 'web', place: 'known/bindings.yaml:6' },
      role: { kind: 'ClusterRole', name: 'reader' },
      rule: { place: 'known/deep/roles.yaml:5' },
    });
    assert.deepEqual(unknown, []);
  });

  test('says what is not known, and ends with 3', () => {
    const { status, stdout } = whoCan('get', 'pods', '--in', 'holes');
    assert.equal(status, 3);
    assert.match(stdout, /ClusterRoleBinding gone \(holes\/bindings\.yaml:4\) gives ClusterRole gone/);
    assert.match(stdout, /Not read:\n {2}holes\/role\.yaml:3/);
  });

  test('is silent about nothing', () => {
    assert.match(whoCan('get', 'pods', '--in', 'nothing').stdout, /no binding is in nothing/);
    assert.equal(whoCan('get', 'pods', '--in', 'nothing').status, 3);
    assert.equal(whoCan('get', 'pods', '--in', 'gone').status, 3);
    assert.equal(whoCan('GET', 'pods').status, 2);
  });
});

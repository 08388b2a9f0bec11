import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const program = join(import.meta.dirname, '../../src/bin/plimsoll.ts');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-verdict-'));
after(() => rmSync(work, { recursive: true, force: true }));

function plimsoll(...argv: readonly string[]) {
  const done = spawnSync(process.execPath, [program, ...argv], { cwd: work, encoding: 'utf8' });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

const scan = (...more: readonly string[]) =>
  plimsoll('scan', 'dir:app', '--scanners', 'misconfiguration', '--offline', '--quiet', '--no-cache', ...more);
const pod = (image: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\nspec: { containers: [{ name: web, image: '${image}' }] }\n`;

test('a scan asks policies about manifests and ends as they decide', () => {
  mkdirSync(join(work, 'app'));
  writeFileSync(join(work, 'app/pod.yaml'), pod('nginx:latest'));
  const denied = scan('--policy', 'deploy-gate/fixed-images', '--explain');
  assert.equal(denied.code, 1, denied.stderr);
  assert.match(denied.stdout, /Denied by policy: 1 denial; 1 of 1 policy had something to judge/);
  assert.match(denied.stdout, /because c\.image\.endsWith\(':latest'\), where c\.image is 'nginx:latest'/);
  assert.match(denied.stdout, /would pass if c\.image\.endsWith\(':latest'\) is false/);

  mkdirSync(join(work, '.plimsoll'));
  const entry = 'kind: policy, id: deploy-gate-fixed-images, object: Pod/shop/web, reason: a demo, expires: 2999-01-01';
  writeFileSync(join(work, '.plimsoll/exceptions.yaml'), `exceptions:\n  - { ${entry} }\n`);
  const excepted = scan('--policy', 'deploy-gate/fixed-images', '--format', 'json');
  const { verdict } = JSON.parse(excepted.stdout);
  assert.deepEqual([verdict.outcome, verdict.decisions[0].outcome], ['allowed', 'excepted']);

  const undecided = scan('--policy', 'image-trust/signed');
  assert.equal(undecided.code, 3);
  assert.match(undecided.stdout, /Not decided/);
  assert.equal(scan('--policy', 'absent').code, 2);
  assert.equal(scan('--explain').code, 2);
});

test('policies are listed, shown and tested', () => {
  assert.match(plimsoll('policy', 'list').stdout, /^ {2}build-gate\/no-secrets +deny +critical +No secrets$/m);
  assert.match(plimsoll('policy', 'show', 'build-gate/no-secrets').stdout, /^ {2}name: build-gate-no-secrets$/m);
  assert.equal(plimsoll('policy', 'show', 'absent').code, 2);

  const folder = join(work, 'house/pods');
  mkdirSync(join(folder, 'examples'), { recursive: true });
  const rule = '{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }';
  const policy = `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: pods }\nspec: { matchConstraints: { resourceRules: [${rule}] }, validations: [{ expression: "object.spec.containers[0].image != 'bad:1'", message: bad }] }\n`;
  writeFileSync(join(folder, 'policy.yaml'), policy);
  writeFileSync(join(folder, 'examples/fail-bad.yaml'), `# message: bad\n${pod('bad:1')}`);
  const half = plimsoll('policy', 'test', 'house');
  assert.equal(half.code, 3);
  assert.match(half.stdout, /has no example pass-\*\.yaml/);
  writeFileSync(join(folder, 'examples/pass-good.yaml'), pod('good:1'));
  assert.equal(plimsoll('policy', 'test', 'house').code, 0);
  writeFileSync(join(folder, 'examples/pass-good.yaml'), pod('bad:1'));
  const wrong = plimsoll('policy', 'test', 'house', '--junit', 'out.xml');
  assert.equal(wrong.code, 1);
  assert.match(wrong.stdout, /pass-good\.yaml: was refused: bad/);
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const program = join(import.meta.dirname, '../../src/bin/plimsoll.ts');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-policy-'));
after(() => rmSync(work, { recursive: true, force: true }));

function policy(...argv: readonly string[]): { code: number | null; stdout: string; stderr: string } {
  const done = spawnSync(process.execPath, [program, 'policy', ...argv], { cwd: work, encoding: 'utf8' });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

const nonRoot = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: non-root }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }]
  validations:
    - expression: object.spec.?securityContext.?runAsNonRoot.orValue(false) == true
      message: must not run as root
`;
const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [] }\n';

test('manifests are judged by policies, and policies read', () => {
  writeFileSync(join(work, 'policy.yaml'), nonRoot);
  writeFileSync(join(work, 'broken.yaml'), nonRoot.replace('orValue(false) == true', 'orValue(false'));
  writeFileSync(join(work, 'pod.yaml'), pod);
  writeFileSync(
    join(work, 'good.yaml'),
    pod.replace('containers', 'securityContext: { runAsNonRoot: true }, containers'),
  );

  const denied = policy('eval', '--policy', 'policy.yaml', 'pod.yaml', 'good.yaml');
  assert.deepEqual([denied.code, denied.stderr], [1, '']);
  assert.deepEqual(denied.stdout.split('\n').slice(0, 4), [
    'deny  v1/Pod default/web  non-root  pod.yaml:1:1',
    '      must not run as root',
    '      policy.yaml:8:19: object.spec.?securityContext.?runAsNonRoot.orValue(false) == true',
    '2 objects: 1 passed, 1 failed (1 denied), 0 errors let pass, 0 not asked',
  ]);
  const json = policy('eval', '--policy', 'policy.yaml', '--format', 'json', 'good.yaml');
  assert.equal(json.code, 0);
  assert.equal(JSON.parse(json.stdout).verdicts[0].outcome, 'passed');

  assert.equal(policy('eval', '--policy', 'broken.yaml', 'pod.yaml').code, 2);
  assert.equal(policy('eval', '--policy', 'policy.yaml', 'absent.yaml').code, 3);
  const refused = policy('eval', '--policy', 'policy.yaml', '--kubernetes', '1.29', 'good.yaml');
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /needs Kubernetes 1\.30/);
  const update = ['eval', '--policy', 'policy.yaml', '--operation', 'update', 'good.yaml'];
  assert.equal(policy(...update, '--old', 'pod.yaml').code, 0);
  assert.equal(policy(...update).code, 3);
  assert.match(policy('lint', '--kubernetes', 'new', 'policy.yaml').stderr, /Give a version such as 1\.30/);

  const lint = policy('lint', 'policy.yaml', 'broken.yaml');
  assert.equal(lint.code, 1);
  assert.match(
    lint.stdout,
    /^broken\.yaml:8:19: non-root: \) is missing before the end \(line 1, column \d+ of the expression\)$/m,
  );
  assert.match(lint.stdout, /^2 policies read, 1 with faults; types checked for 1 kind of Kubernetes 1\.\d+$/m);
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { readAction, runAction } from '../kit/composite-action.ts';
import { fillTemplate } from '../kit/secret-examples.ts';

// What CI systems are given, run as they run it, on a small repository and with the built program.
const root = join(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-e2e-ci-'));
const program = join(root, 'dist/plimsoll.js');

const compose = 'services:\n  web:\n    image: x:1@sha256:0\n    privileged: true\n';
const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: no-host-network}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
  validations:
    - expression: "!has(object.spec.hostNetwork) || !object.spec.hostNetwork"
      message: the pod is on the network of its node
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: no-host-network}
spec: {policyName: no-host-network, validationActions: [Deny]}
`;

const shared = {
  PATH: `${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}`,
  HOME: work,
  PLIMSOLL_CACHE_DIR: join(work, 'cache'),
  PLIMSOLL_DB_DIR: join(work, 'db'),
};

before(() => {
  const built = spawnSync(process.execPath, [join(root, 'tools/build.ts'), '--if-stale']);
  assert.equal(built.status, 0, built.stderr.toString());
});
after(() => rmSync(work, { recursive: true, force: true }));

/** A repository with these files, all of them in git's index. */
function repository(name: string, files: Readonly<Record<string, string>>): string {
  const place = join(work, name);
  mkdirSync(place, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(place, path, '..'), { recursive: true });
    writeFileSync(join(place, path), text);
  }
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
  ])
    assert.equal(spawnSync('git', args, { cwd: place, env: shared }).status, 0);
  return place;
}

describe('the GitHub Action', () => {
  const file = join(root, 'deploy/ci/github/action.yml');

  test('uses nothing that can be moved, and puts no input into the text of a script', () => {
    for (const { uses, run } of readAction(file).runs.steps) {
      if (uses !== undefined) assert.match(uses, /^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/);
      if (run !== undefined) assert.doesNotMatch(run, /\$\{\{|curl|wget/);
    }
    const workflow = readFileSync(join(root, 'deploy/ci/github/workflow.yml'), 'utf8');
    assert.deepEqual(parse(workflow).permissions, {}, 'a job asks for what it needs');
  });

  test('fails by the gate, annotates, and leaves SARIF for the upload', () => {
    const done = run(repository('bad', { 'deploy/compose.yaml': compose }), {});
    assert.deepEqual([done.code, done.outputs.get('scan.exit-code')], [1, '1']);
    assert.match(done.log, /^::error file=deploy\/compose.yaml,line=4,endLine=4,col=5,/m);
    assert.match(done.log, /^::stop-commands::([0-9a-f]{32})$(?:.|\n)*^::\1::$/m);
    assert.match(done.summary, /compose-privileged \| deploy\/compose.yaml:4/);
    assert.equal(done.outputs.get('scan.sarif-file'), 'plimsoll.sarif.json');
    assert.equal(JSON.parse(readFileSync(join(done.place, 'plimsoll.sarif.json'), 'utf8')).version, '2.1.0');
    assert.deepEqual(done.used, [], 'nothing is uploaded unless it is asked for');
  });

  test('uploads before it fails, where that is asked for', () => {
    const done = run(repository('upload', { 'compose.yaml': compose }), { upload: 'true' });
    assert.equal(done.code, 1);
    assert.deepEqual(
      done.used.map(({ sarif_file }) => sarif_file),
      ['plimsoll.sarif.json'],
    );
  });

  test('passes what passes', () => {
    const done = run(repository('good', { 'README.md': '# A shop\n' }), {});
    assert.equal(done.code, 0, done.log);
    assert.match(done.summary, /^## Plimsoll: \.$/m);
  });

  test('fails when a policy denies', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostNetwork: true\n  containers: [{name: a, image: x}]\n';
    const place = repository('denied', { 'pod.yaml': pod, 'policies/host.yaml': policy });
    const done = run(place, { policy: '\npolicies\n', 'fail-on': '' });
    assert.equal(done.code, 1, done.log);
    assert.match(
      done.log,
      /^::error file=pod.yaml,line=1,col=1,title=no-host-network::.*the pod is on the network of its node/m,
    );
  });

  test('takes inputs by their word', () => {
    const place = repository('hostile', { 'README.md': '' });
    for (const inputs of [
      { target: '$(touch owned)' },
      { arguments: '--severity\n`touch owned`' },
      { target: '--version' },
    ]) {
      const done = run(place, inputs);
      assert.notEqual(done.code, 0);
      assert.ok(!existsSync(join(place, 'owned')));
    }
    assert.equal(run(place, { 'sarif-file': 'a\nexit-code=0' }).code, 2);
  });

  function run(place: string, inputs: Readonly<Record<string, string>>) {
    return { place, ...runAction(file, place, { program, arguments: offline, ...inputs }, shared) };
  }
});

/** No network in tests. */
const offline = '--scanners\nmisconfiguration,secret';

describe('the GitLab template', () => {
  const template = parse(readFileSync(join(root, 'deploy/ci/gitlab/plimsoll.gitlab-ci.yml'), 'utf8'));

  /** As the runner's shell does, with the variables that the template sets. */
  function runJob(name: string, place: string, variables: Readonly<Record<string, string>>) {
    const env = { ...shared, ...template.variables, PLIMSOLL_PROGRAM: program, ...variables };
    const script = [...template[name].script].join('\n');
    const done = spawnSync('sh', ['-c', script], { cwd: place, env, encoding: 'utf8' });
    return { code: done.status, log: done.stdout + done.stderr };
  }

  test('reports what its jobs promise, and fails by the gate', () => {
    const place = repository('gitlab', { 'compose.yaml': compose });
    cpSync(join(place, 'compose.yaml'), join(place, 'more/compose.yaml'));
    const done = runJob('plimsoll', place, { PLIMSOLL_POLICY: '' });
    assert.ok([1, 3].includes(done.code ?? 0), done.log);
    for (const file of Object.values<string>(template['plimsoll'].artifacts.reports))
      assert.ok(existsSync(join(place, file)), file);
    const issues = JSON.parse(readFileSync(join(place, 'gl-code-quality-report.json'), 'utf8'));
    assert.ok(issues.some((one: { location: { path: string } }) => one.location.path === 'more/compose.yaml'));
  });

  test('scans an image where one is named', () => {
    const place = repository('gitlab-image', { 'x.txt': 'x' });
    const done = runJob('plimsoll-image', place, { PLIMSOLL_IMAGE: 'archive:none.tar' });
    assert.equal(done.code, 3, done.log);
    assert.deepEqual(template['plimsoll-image'].rules, [{ if: '$PLIMSOLL_IMAGE' }]);
  });
});

describe('the hooks of pre-commit', () => {
  const hooks = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'));

  function runHook(id: string, place: string, ...parameters: readonly string[]) {
    const { entry } = hooks.find((one: { id: string }) => one.id === id);
    const [file, ...fixed] = entry.split(' ');
    const env = { ...shared, PLIMSOLL_PROGRAM: program };
    const done = spawnSync(join(root, file), [...fixed, ...parameters], { cwd: place, env, encoding: 'utf8' });
    return { code: done.status, log: done.stdout + done.stderr };
  }

  test('the files are chosen by their names', () => {
    const chosen = new RegExp(hooks[0].files.replace('(?i)', ''), 'i');
    for (const name of ['Dockerfile', 'a/Containerfile.dev', 'web.dockerfile', 'a.yml', 'b/c.yaml', 'd.json'])
      assert.match(name, chosen);
    for (const name of ['README.md', 'a.yaml.txt', 'docker.py']) assert.doesNotMatch(name, chosen);
  });

  test('what is staged counts, not what lies in the directory', () => {
    const place = repository('hooks', { 'a/compose.yaml': compose, 'b/compose.yaml': 'services: {}\n' });
    writeFileSync(join(place, 'a/compose.yaml'), 'services: {}\n');
    const bad = runHook('plimsoll-configuration', place, 'a/compose.yaml');
    assert.equal(bad.code, 1, bad.log);
    assert.match(bad.log, /a\/compose.yaml/);
    assert.equal(runHook('plimsoll-configuration', place, 'b/compose.yaml').code, 0);
    assert.equal(runHook('plimsoll-configuration', place).code, 0);
  });

  test('options are passed on, and files that look like options are files', () => {
    const place = repository('options', {
      'compose.yaml': compose.replace('privileged: true', 'restart: always'),
      '--fail-on=any': 'x',
    });
    assert.equal(runHook('plimsoll-configuration', place, 'compose.yaml').code, 0);
    assert.equal(runHook('plimsoll-configuration', place, '--fail-on=low', 'compose.yaml').code, 1);
    assert.equal(runHook('plimsoll-configuration', place, 'compose.yaml', '--fail-on=any').code, 0);
    assert.equal(runHook('plimsoll-configuration', place, 'stray', 'compose.yaml').code, 2);
  });

  test('secrets are found, and links lead nowhere', () => {
    const place = repository('secrets', { 'server.pem': fillTemplate('{pem:PRIVATE KEY}', 'hook') });
    symlinkSync('/etc/passwd', join(place, 'link'));
    spawnSync('git', ['add', '-A'], { cwd: place, env: shared });
    assert.equal(runHook('plimsoll-secrets', place, 'link').code, 0);
    const done = runHook('plimsoll-secrets', place, 'server.pem');
    assert.equal(done.code, 1, done.log);
  });

  test('outside of git it says so', () => {
    const place = join(work, 'no-git');
    mkdirSync(place);
    writeFileSync(join(place, 'compose.yaml'), compose);
    chmodSync(place, 0o700);
    const done = runHook('plimsoll-configuration', place, 'compose.yaml');
    assert.equal(done.code, 3);
    assert.match(done.log, /git ls-files failed/);
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src/bin/plimsoll.ts', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'plimsoll-compliance-'));
after(() => rmSync(place, { recursive: true }));

function plimsoll(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    encoding: 'utf8',
    cwd: place,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

const judge = (...words: readonly string[]) => plimsoll('report', 'compliance', ...words);

mkdirSync(join(place, 'shop'));
writeFileSync(join(place, 'shop/pod.yaml'), pod('privileged: true'));
mkdirSync(join(place, 'fine'));
writeFileSync(join(place, 'fine/pod.yaml'), pod('privileged: false'));

function pod(securityContext: string): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - name: web
      image: registry.example.com/shop/web:1.4
      securityContext: {${securityContext}}
`;
}

describe('plimsoll report compliance', () => {
  before(() => {
    for (const name of ['shop', 'fine']) {
      const { stderr } = plimsoll('scan', `./${name}`, '--offline', '-q', '--format', 'json', '-o', `${name}.json`);
      assert.equal(stderr, '');
    }
  });

  test('lists the standards', () => {
    const { status, stdout } = judge('--list');
    assert.equal(status, 0);
    for (const id of ['nist-800-190', 'cis-docker', 'cis-kubernetes', 'nsa-kubernetes', 'pci-dss'])
      assert.match(stdout, new RegExp(`^${id} `, 'm'));
  });

  test('from a saved report: what fails with its place, what is not known, and 3', () => {
    const { status, stdout, stderr } = judge('--framework', 'cis-docker', '--from', 'shop.json');
    assert.equal(status, 3);
    assert.match(stderr, /of 117 requirements are not known, or known in part/);
    assert.match(stdout, /^ {2}fail {12}5\.5 {2,}No container is privileged/m);
    assert.match(stdout, /kubernetes-privileged: container web sets privileged/);
    assert.match(stdout, /pod\.yaml:8, Pod web in \.\/shop/);
    assert.match(stdout, /^ {2}not assessed {4}1\.1\.1 /m);
  });

  test('a directory of a pod says nothing of the control plane', () => {
    const { stdout } = judge('--framework', 'cis-kubernetes', '--from', 'fine.json', '--format', 'csv');
    for (const line of stdout.split('\r\n').filter((one) => /^cis-kubernetes,[^,]*,(?:1|2|4)\./.test(one)))
      assert.doesNotMatch(line, /,pass,/, line);
  });

  test('several reports are judged together: one that fails is enough', () => {
    const state = (...from: readonly string[]) => {
      const { stdout } = judge('--framework', 'cis-docker', '-f', 'json', ...from.flatMap((one) => ['--from', one]));
      const [framework] = JSON.parse(stdout).frameworks;
      return framework.requirements.find((one: { clause: string }) => one.clause === '5.5').state;
    };
    assert.notEqual(state('fine.json'), 'fail');
    assert.equal(state('fine.json', 'shop.json'), 'fail');
  });

  test('a target is scanned now', () => {
    const { status, stdout } = judge('./shop', '--offline', '-q', '--framework', 'cis-docker');
    assert.equal(status, 3);
    assert.match(stdout, /No container is privileged \(1 failing/);
  });

  test('--fail-on fail ends with 1', () => {
    const { status, stderr } = judge('--framework', 'cis-docker', '--from', 'shop.json', '--fail-on', 'fail');
    assert.equal(status, 1);
    assert.match(stderr, /\d+ of 117 requirements fail/);
  });

  test('statements are heard from their usual place; those that have expired are shown and not heard', () => {
    mkdirSync(join(place, '.plimsoll'), { recursive: true });
    const entry = (clause: string, expires: string) =>
      `  - {framework: cis-docker, clause: "${clause}", state: met, statement: s, by: b, date: 2024-01-01, expires: ${expires}}\n`;
    writeFileSync(
      join(place, '.plimsoll/attestations.yaml'),
      `attestations:\n${entry('1.1.1', '2999-01-01')}${entry('1.1.2', '2024-06-01')}${entry('99', '2999-01-01')}`,
    );
    const { stdout } = judge('--framework', 'cis-docker', '--from', 'shop.json');
    rmSync(join(place, '.plimsoll'), { recursive: true });
    assert.match(stdout, /^ {2}manual {10}1\.1\.1 .*met by a statement/m);
    assert.match(stdout, /^ {2}not assessed {4}1\.1\.2 .*statement expired/m);
    assert.match(stdout, /has no clause "99" here/);
  });

  test('writes files in every format', () => {
    for (const format of ['html', 'json', 'oscal', 'csv', 'table']) {
      const { status, stdout } = judge(
        '--framework',
        'nist-800-190,cis-docker',
        '--from',
        'shop.json',
        '-f',
        format,
        '-o',
        `c.${format}`,
      );
      assert.equal(status, 3);
      assert.equal(stdout, '');
      assert.ok(readFileSync(join(place, `c.${format}`), 'utf8').includes('4.1.1'), format);
    }
  });

  test('wrong usage ends with 2 and says what to do', () => {
    writeFileSync(join(place, 'other.json'), '{"schema":"plimsoll.scan.v9"}');
    const cases: readonly (readonly [words: readonly string[], error: RegExp])[] = [
      [['--from', 'shop.json'], /which standard\? --framework ID/],
      [['--framework', 'cis-docker'], /nothing to judge/],
      [
        ['--framework', 'cis-dokcer', '--from', 'shop.json'],
        /There is no standard "cis-dokcer"; did you mean "cis-docker"/,
      ],
      [['--framework', 'cis-docker', '--from', 'none.json'], /none\.json cannot be read/],
      [['--framework', 'cis-docker', '--from', 'other.json'], /has the form "plimsoll\.scan\.v9"/],
      [
        ['--framework', 'cis-docker', '--from', 'shop.json', '--attestations', 'none.yaml'],
        /none\.yaml cannot be read/,
      ],
      [['--framework', 'cis-docker', '--from', 'shop.json', '-f', 'pdf'], /Choose one of table, html/],
    ];
    for (const [words, error] of cases) {
      const { status, stderr } = judge(...words);
      assert.equal(status, 2, stderr);
      assert.match(stderr, error);
    }
  });
});

test('plimsoll explain tells of one thing, names several, and hints at what is near', () => {
  const [one, several, none, vulnerability] = [
    plimsoll('explain', 'cis-docker', '5.5'),
    plimsoll('explain', '4.1.1'),
    plimsoll('explain', 'kubernetes-privilegd'),
    plimsoll('explain', 'CVE-2024-3094'),
  ];
  assert.deepEqual([one.status, several.status, none.status, vulnerability.status], [0, 0, 2, 2]);
  assert.match(one.stdout, /^cis-docker:5\.5 {2}clause/);
  assert.match(several.stdout, /It means several things[\s\S]*nist-800-190:4\.1\.1[\s\S]*cis-kubernetes:4\.1\.1/);
  assert.match(none.stderr, /near to it: kubernetes-privileged/);
  assert.match(vulnerability.stderr, /is a vulnerability: say where it is to be explained, with --in TARGET/);
  const { explanations } = JSON.parse(plimsoll('explain', 'kubernetes-privileged', '--json').stdout);
  assert.deepEqual([explanations.length, explanations[0].kind], [1, 'check']);
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checks } from '#checks/index.ts';
import { controls, frameworks } from '#standards/index.ts';
import { everythingExplainable, findExplainable, suggestions } from './find.ts';
import { renderTopic } from './render.ts';

const all = await everythingExplainable();
const view = { color: false, width: 100, verbose: false };

async function explained(words: string): Promise<string> {
  const topics = await Promise.all(findExplainable(words, all).map((one) => one.explain()));
  return topics.map((topic) => renderTopic(topic, view)).join('\n');
}

describe('what is asked for by its id or another name', () => {
  const cases: readonly (readonly [words: string, told: RegExp])[] = [
    [
      'kubernetes-privileged',
      /^kubernetes-privileged {2}check {2}high.*\n[\s\S]*Why it matters[\s\S]*How it is used[\s\S]*What to do[\s\S]*Not so\n[\s\S]*privileged: true[\s\S]*So\n[\s\S]*cis-docker:5\.5/,
    ],
    ['DL3002', /^dockerfile-user-root {2}check/],
    ['ksv17', /^kubernetes-privileged {2}check/],
    ['AVD-KSV-0017', /^kubernetes-privileged {2}check/],
    [
      'plm-workload-privileged',
      /^PLM-WORKLOAD-PRIVILEGED {2}control[\s\S]*Judged by\n {2}a scan: [\s\S]*kubernetes-privileged/,
    ],
    ['AC-6', /^nist-800-53:AC-6 {2}clause\nLeast Privilege/],
    ['nist-800-190:4.1.1', /^nist-800-190:4\.1\.1 {2}clause\nImage vulnerabilities/],
    ['cis-docker  5.5', /^cis-docker:5\.5 {2}clause/],
    ['nist-800-190', /^nist-800-190 {2}framework[\s\S]*nist-800-190:4\.6/],
    ['build-gate/no-secrets', /^build-gate\/no-secrets {2}policy {2}critical[\s\S]*Not so\n/],
    ['build-gate', /^build-gate {2}pack of policies[\s\S]*build-gate\/no-secrets/],
    ['botnet-mirai', /^botnet-mirai {2}rule for malware {2}critical[\s\S]*What to do/],
    ['github-personal-token', /^github-personal-token {2}rule for secrets/],
  ];
  for (const [words, told] of cases)
    test(words, async () => {
      assert.match(await explained(words), told);
    });

  test('a number that several standards have means each of them', () => {
    const ids = findExplainable('4.1.1', all).map(({ id }) => id);
    assert.ok(ids.includes('nist-800-190:4.1.1') && ids.includes('cis-kubernetes:4.1.1'));
  });
});

test('everything has an explanation, found by its own id', async () => {
  for (const { id } of all)
    assert.ok(
      findExplainable(id, all).some((one) => one.id === id),
      id,
    );
  for (const one of [...checks, ...controls, ...frameworks])
    assert.ok(
      all.some(({ id }) => id === one.id),
      one.id,
    );
});

describe('what is not known', () => {
  const cases: readonly (readonly [words: string, near: string | undefined])[] = [
    ['kubernetes-privilegd', 'kubernetes-privileged'],
    ['nist-800-191', 'nist-800-190'],
    ['workload-privileged', 'PLM-WORKLOAD-PRIVILEGED'],
    ['constructor', undefined],
    ['x'.repeat(10_000), undefined],
  ];
  for (const [words, near] of cases)
    test(words.slice(0, 40), () => {
      assert.deepEqual(findExplainable(words, all), []);
      const suggested = suggestions(words, all);
      if (near === undefined) assert.deepEqual(suggested, []);
      else assert.ok(suggested.includes(near), suggested.join());
    });
});

import assert from 'node:assert/strict';
import { constraintDialects, parseConstraint, type VersionScheme, versionSchemes } from '#versions/index.ts';
import { checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const samples = [
  ['1.0', '1.0.1', '1.0-1', '1.0~rc1', '1:2.0-3ubuntu0.1'],
  ['2.36-9+deb12u4', '2.36-9', '0:2.36', '1.2.3-r0', '1.2.3_alpha1-r4'],
  ['1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0', 'v1.0.0+build', 'v2.0.0-20200101000000-abcdefabcdef'],
  ['1!2.0.post1.dev3+local', '1.0a1', '1.0rc2', '2020.01.01', '1.0.0.0'],
  ['1.0-SNAPSHOT', '1.0.Final', '1.0-alpha-1', '1.0-ga', '5.3.RELEASE'],
  ['8u202-b08', '1.1.1w', '3.0.2-beta1', '1.15.4-x86_64-linux', 'r1234'],
];

const MAX_VERSIONS = 4;
/** The tools themselves have circles: pacman leaves out a release number that one side lacks, Maven puts an unknown word below any list. */
const UNORDERED = new Set(['pacman', 'maven']);

export const versionOrder: FuzzTarget = {
  id: 'version-order',
  testIterations: 25,
  title: 'version comparison in every scheme: one order, whoever asks',
  form: 'text',
  maxBytes: 4096,
  seeds: () => samples.map((versions) => Buffer.from(versions.join('\n'))),
  run(bytes) {
    const versions = Buffer.from(bytes).toString('utf8').split('\n').slice(0, MAX_VERSIONS);
    for (const scheme of versionSchemes) checkOrder(scheme, versions);
  },
};

function checkOrder(scheme: VersionScheme, versions: readonly string[]): void {
  const words = (...of: readonly string[]): string =>
    `${scheme.id}: ${of.map((text) => JSON.stringify(text)).join(' ')}`;
  const order = (a: string, b: string): number | undefined => {
    const result = scheme.compare(a, b);
    checkResult(result);
    assert.ok(!result.ok || [-1, 0, 1].includes(result.value), words(a, b));
    return result.ok ? result.value : undefined;
  };
  const readable = versions.filter((version) => {
    const same = order(version, version);
    assert.ok(same === undefined || same === 0, `${words(version)} equals itself`);
    return same !== undefined;
  });
  for (const a of versions) {
    for (const b of versions) {
      const there = order(a, b);
      const back = order(b, a);
      assert.equal(there === undefined, back === undefined, `${words(a, b)}: refused from one side only`);
      assert.equal((there ?? 0) + (back ?? 0), 0, `${words(a, b)}: ${there} and back ${back}`);
      if (UNORDERED.has(scheme.id)) continue;
      for (const c of readable) {
        const next = order(b, c);
        if (there === undefined || next === undefined || there > 0 || next > 0) continue;
        const whole = order(a, c);
        if (whole === undefined) continue;
        assert.ok(
          whole <= 0 && (whole === 0) === (there === 0 && next === 0),
          `${words(a, b, c)}: ${there}, ${next}, but ${whole}`,
        );
      }
    }
  }
}

const dialects = [...constraintDialects.map(({ id }) => id), ...versionSchemes.map(({ id }) => `range:${id}`)];

export const versionConstraint: FuzzTarget = {
  id: 'version-constraint',
  title: 'version constraints in every dialect',
  form: 'text',
  maxBytes: 8192,
  seeds: () =>
    [
      ['< 1.2 || >= 2.0, < 2.3', '1.1', '2.1'],
      ['^1.4.0 || ~2.1 || 3.x', '1.5.0', '3.2.1-rc.1'],
      ['[1.0,2.0),(3.0,]', '1.5', '4'],
      ['~=1.4.2, !=1.4.5, ===1.0', '1.4.3', '1.0'],
      ['vers:npm/>=1.0.0|<2.0.0|!=1.5.0', '1.2.3', '2.0.0'],
      ['>=1.0-r0', '1.0-r1', '0.9'],
      ['~> 2.2, >= 2.2.1', '2.2.5', '3.0'],
    ].map((lines) => Buffer.from(lines.join('\n'))),
  run(bytes) {
    const [text = '', ...versions] = Buffer.from(bytes).toString('utf8').split('\n');
    for (const dialect of dialects) {
      const constraint = checkResult(parseConstraint(text, dialect));
      for (const version of versions.slice(0, 3)) {
        const inside = constraint && checkResult(constraint.satisfies(version, { includePrerelease: true }));
        assert.ok(inside === undefined || typeof inside === 'boolean');
      }
    }
  },
};

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { versionScheme } from '#versions/index.ts';
import { rangesOf, versionsBeyond } from './ranges.ts';

const deb = versionScheme('deb');

/** Events as `i0 f1.2 l1.3 x2` (introduced, fixed, last affected, limit), ranges as `[i,f)`, `[i,l]`, `x` for a limit. */
const KINDS: Record<string, string> = { i: 'introduced', f: 'fixed', l: 'last_affected', x: 'limit' };

function read(events: string, scheme = deb): string {
  const list = events.split(' ').map((event) => ({ [KINDS[event[0] ?? ''] ?? 'nonsense']: event.slice(1) }));
  const { ranges, flaw } = rangesOf({ type: 'ECOSYSTEM', events: list }, scheme);
  const texts = ranges.map(({ introduced = '', fixed, lastAffected, limit }) => {
    const end = fixed !== undefined ? `${fixed})` : lastAffected !== undefined ? `${lastAffected}]` : ')';
    return `[${introduced},${end}${limit === undefined ? '' : `x${limit}`}`;
  });
  return [...texts, ...(flaw === undefined ? [] : [flaw])].join(' ');
}

const table: readonly [events: string, ranges: string][] = [
  ['i0 f1.2', '[,1.2)'],
  ['i0', '[,)'],
  ['i1.0 l1.5', '[1.0,1.5]'],
  ['i0 f1.2 i2.0 f2.3', '[,1.2) [2.0,2.3)'],
  ['i2.0 f2.3 i0 f1.2', '[,1.2) [2.0,2.3)'],
  ['f1.2 i0', '[,1.2)'],
  ['i0 f2.0 f1.2', '[,1.2)'],
  ['i0 i1.0 f2.0', '[,2.0)'],
  ['i0 f1.2 i2.0', '[,1.2) [2.0,)'],
  ['i0 l1.2 l1.3', '[,1.2]'],
  ['i0 f1.0~rc1 i1.0 f1.1', '[,1.0~rc1) [1.0,1.1)'],
  ['i0 f1.0 i1.0 f2.0', '[,1.0) [1.0,2.0)'],
  ['i0 x2.0', '[,)x2.0'],
  ['i0 f1.0 x2.0 x3.0', '[,1.0)x3.0'],
  ['i0 x2.0 x*', '[,)'],
  ['f1.2', '[,1.2) no-introduced'],
  ['i0 f1.2 z9', '[,1.2) unreadable-event'],
  ['z9', 'unreadable-event'],
];

test('turns event lists into ranges', () => {
  for (const [events, ranges] of table) assert.equal(read(events), ranges, events);
});

test('keeps the order of the publisher where versions cannot be ordered', () => {
  assert.equal(
    rangesOf({ events: [{ introduced: '0' }, { fixed: '2' }, { introduced: '3' }] }, undefined).ranges.length,
    2,
  );
  assert.equal(read('i0 fx:9 i3.0 f4.0'), '[,x:9) [3.0,4.0)');
});

test('completes semantic versions that lack a number', () => {
  const events = [{ introduced: '0.1' }, { last_affected: '2' }];
  const semver = versionScheme('semver');
  assert.deepEqual(rangesOf({ type: 'SEMVER', events }, semver).ranges, [
    { introduced: '0.1.0', lastAffected: '2.0.0' },
  ]);
  assert.deepEqual(rangesOf({ type: 'SEMVER', events }, deb).ranges, [{ introduced: '0.1', lastAffected: '2' }]);
  assert.deepEqual(rangesOf({ type: 'ECOSYSTEM', events }, semver).ranges, [{ introduced: '0.1', lastAffected: '2' }]);
});

test('drops enumerated versions that the ranges cover, and no others', () => {
  const ranges = [{ fixed: '1.2' }, { introduced: '2.0', lastAffected: '2.5' }];
  const versions = ['1.1', '1.2', '1.9', '2.0', '2.5', '2.6'];
  assert.deepEqual(versionsBeyond(versions, ranges, deb), ['1.2', '1.9', '2.6']);
  assert.deepEqual(versionsBeyond(versions, ranges, undefined), versions);
  assert.deepEqual(versionsBeyond(versions, [{}], undefined), []);
  assert.deepEqual(versionsBeyond(versions, [], deb), versions);
  assert.deepEqual(versionsBeyond(['not a version!'], [{ fixed: '1.2' }], deb), ['not a version!']);
});

type Kind = 'introduced' | 'fixed' | 'last_affected' | 'limit';

/** The evaluation of https://ossf.github.io/osv-schema/#evaluation, over versions that are plain numbers. */
function isAffected(events: readonly (readonly [Kind, number])[], version: number): boolean {
  const limits = events.filter(([kind]) => kind === 'limit');
  if (limits.length > 0 && !limits.some(([, limit]) => version < limit)) return false;
  let vulnerable = false;
  for (const [kind, bound] of events.toSorted(([, a], [, b]) => a - b)) {
    if (kind === 'introduced' && version >= bound) vulnerable = true;
    else if (kind === 'fixed' && version >= bound) vulnerable = false;
    else if (kind === 'last_affected' && version > bound) vulnerable = false;
  }
  return vulnerable;
}

test('holds for the versions of the specification, whatever events there are in whatever order', () => {
  const kind = fc.constantFrom<Kind>('introduced', 'fixed', 'last_affected', 'limit');
  // Each version has one event: two at the same place have no order that the specification knows.
  const some = fc.uniqueArray(fc.tuple(kind, fc.integer({ min: 1, max: 20 })), {
    selector: ([, at]) => at,
    maxLength: 8,
  });
  const law = fc.property(fc.nat(20), some, (start, others) => {
    const events = [['introduced', start] as const, ...others.filter(([, at]) => at !== start)];
    const shuffled = events.toSorted(([a, i], [b, j]) => a.localeCompare(b) || j - i);
    const { ranges } = rangesOf({ events: shuffled.map(([name, at]) => ({ [name]: String(at) })) }, deb);
    for (let version = 0; version <= 21; version += 1) {
      const held = ranges.some(
        ({ introduced = '0', fixed = '99', lastAffected = '99', limit = '99' }) =>
          version >= Number(introduced) &&
          version < Number(fixed) &&
          version <= Number(lastAffected) &&
          version < Number(limit),
      );
      assert.equal(held, isAffected(events, version), `${version} in ${JSON.stringify(shuffled)}`);
    }
  });
  fc.assert(law, { numRuns: 1000 });
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { sharedPath, sharedSkip } from '../../test/kit/shared.ts';
import { type ConstraintDialect, type ConstraintOptions, constraintDialects, parseConstraint } from './index.ts';

const dialectsFolder = join(import.meta.dirname, 'dialects');

function satisfies(
  version: string,
  constraint: string,
  dialect: string,
  options?: ConstraintOptions,
): boolean | string {
  const parsed = parseConstraint(constraint, dialect);
  if (!parsed.ok) return parsed.error;
  const answer = parsed.value.satisfies(version, options);
  return answer.ok ? answer.value : answer.error;
}

test('folders and registered dialects are the same', () => {
  const ids = constraintDialects.map((dialect) => dialect.id as string);
  assert.deepEqual(ids.sort(), readdirSync(dialectsFolder).sort());
});

test('a dialect or scheme that nobody knows is an error', () => {
  for (const dialect of ['no-such-dialect', 'range:no-such-scheme', 'range:', '']) {
    assert.equal(parseConstraint('>= 1.0', dialect).ok, false, dialect);
  }
});

test('an error quotes no more of a constraint than it takes to find it', () => {
  const long = 'x!'.repeat(2000);
  for (const dialect of [...constraintDialects.map(({ id }) => id), 'range:deb', `range:${long}`]) {
    for (const text of [long, `>=${long}`, `(${long})`, `~=${'1'.repeat(4000)}`]) {
      const parsed = parseConstraint(text, dialect);
      assert.ok(parsed.ok || parsed.error.length < 400, `${dialect}: ${parsed.ok ? '' : parsed.error.length}`);
    }
  }
});

for (const dialect of constraintDialects as readonly ConstraintDialect[]) {
  const folder = join(dialectsFolder, dialect.id);

  test(`${dialect.id}: says what it is and has tests of its own`, () => {
    assert.ok(dialect.title.length > 10);
    for (const reference of dialect.references) assert.equal(new URL(reference).protocol, 'https:');
    assert.ok(dialect.references.length > 0 && readdirSync(folder).includes('index.test.ts'));
  });

  test(`${dialect.id}: its own table of versions in and out of constraints`, () => {
    const rows = readFileSync(join(folder, 'cases.txt'), 'utf8').split('\n').filter(Boolean);
    for (const row of rows) {
      const [, version, side, constraint] = /^(\S+) (in|out)(?: (.*))?$/.exec(row) ?? [];
      assert.ok(version && side, row);
      assert.equal(satisfies(version, constraint ?? '', dialect.id), side === 'in', row);
    }
  });

  test(`${dialect.id}: answers any text, and long ones in linear time`, { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (constraint, version) => {
        satisfies(version, constraint, dialect.id);
      }),
    );
    for (const unit of ['1', '1.', ' ', ',', '|', '>1 ', '<', '=', '^', '[1,', 'x.', '(', '-']) {
      const long = unit.repeat(19_000 / unit.length);
      satisfies('1.0', long, dialect.id);
      satisfies('1.0', `>=${long}`, dialect.id);
      satisfies(unit.repeat(1_000_000 / unit.length), '>=1.0', dialect.id);
    }
  });
}

const ranges: [version: string, constraint: string, dialect: string, expected: boolean][] = [
  ['1.5.0-1', '> 0.1, < 0.5 || > 1.0, < 2.0', 'range:deb', true],
  ['0.9.0-1', '> 1.0, < 2.0', 'range:deb', false],
  ['1.0-1', '< 1:0.5-1', 'range:rpm', true],
  ['anything', '', 'range:deb', true],
  ['2!1.0', '= 2!1.0', 'range:pep440', true],
  ['2.0.0+vendor.1', '= 2.0.0', 'range:pep440', true],
  ['2.0.0', '= 2.0.0+vendor.1', 'range:pep440', false],
  ['1.15.4-x86_64-linux', '>= 1.15.4', 'range:gem', true],
  ['1.15.4-java', '< 1.15.4', 'range:gem', false],
  ['2.3.1-4', '<= 2.3.1', 'range:bitnami', true],
  ['2.3.1-4', '< 2.3.1-5', 'range:bitnami', true],
  ['1.2.3', '>=1.0 <1.2.4', 'range:maven', true],
  ['1.0~rc1-1', "= '1.0~rc1-1'", 'range:deb', true],
];

test('plain operators over a scheme', () => {
  for (const [version, constraint, dialect, expected] of ranges) {
    assert.equal(satisfies(version, constraint, dialect), expected, `${version} in ${constraint} (${dialect})`);
  }
});

test('an unreadable version or operand is an error, never inside or outside', () => {
  assert.equal(typeof satisfies('1 0', '< 2.0', 'range:deb'), 'string');
  assert.equal(typeof satisfies('1.0', '< 1:', 'range:deb'), 'string');
  assert.equal(typeof satisfies('1.0', '~ 1', 'range:deb'), 'string');
});

interface LabelledRow {
  readonly version: string;
  readonly constraint: string;
  readonly satisfied: boolean;
  readonly dialect: string;
  readonly includePrerelease?: boolean;
}

/** Labelled rows that follow a policy of their source instead of the ecosystem's tool. */
const disputed: readonly string[] = [
  // rpm orders 5.el8 before 5.el8.0.0: what goes on is newer.
  '8.3.1-5.el8 in < 0:8.3.1-5.el8.0.0',
  // A blank is no version here, while Gem::Version reads it as 0.
  '\t in > 0.a',
  // `rc-alpha` is one identifier and `rc.alpha` two.
  '1.0.0.rc.alpha in = 1.0.0-rc-alpha',
];

function dialectOf(id: string, { dialect }: LabelledRow): string {
  if (id === 'kb') return id;
  if (dialect.startsWith('grype')) return `range:${id === 'semver' ? 'generic' : id}`;
  return dialect.startsWith('ops') ? `range:${id}` : id;
}

const tables = ['apk', 'bitnami', 'deb', 'fuzzy', 'gem', 'generic', 'go', 'jvm', 'kb', 'maven', 'npm', 'packagist'];

for (const id of [...tables, 'pep440', 'portage', 'rpm', 'semver']) {
  const path = sharedPath('conformance', 'versions', `${id}.constraint.json`);
  test(`${id}: labelled constraints`, { skip: sharedSkip(path) }, () => {
    if (!path) return;
    const rows: LabelledRow[] = JSON.parse(readFileSync(path, 'utf8'));
    for (const row of rows.filter(({ version, constraint }) => !disputed.includes(`${version} in ${constraint}`))) {
      const options: ConstraintOptions = {
        includePrerelease: row.includePrerelease ?? false,
        // The rows for rpm come from feeds that lost epochs.
        missingEpoch: id === 'rpm' ? 'ignore' : 'zero',
      };
      const answer = satisfies(row.version, row.constraint, dialectOf(id, row), options);
      // A refused version or constraint is not satisfied, which is all that a yes-or-no label can say.
      assert.equal(answer === true, row.satisfied, `${JSON.stringify(row)}: ${answer}`);
    }
  });
}

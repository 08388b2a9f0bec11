import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { gemfileLock } from './index.ts';

const sample = readFileSync(new URL('testdata/Gemfile.lock', import.meta.url), 'utf8');

function lines(text: string, path = 'app/Gemfile.lock'): string[] {
  const { packages, problems } = catalogFiles(gemfileLock, { [path]: text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads gems of all sources, one for all platforms', () => {
  const expected = [
    'repo 0.3.0 direct > tide@1.5.0.pre1',
    'harbour 1.0.0 direct > charts@2.4.1',
    'charts 2.4.1 transitive > tide@1.5.0.pre1',
    'tide 1.5.0.pre1 direct',
  ];
  assert.deepEqual(lines(sample), expected);
  assert.deepEqual(lines(sample.replaceAll('\n', '\r\n')), expected);
});

test('the lock file of a gem that is installed is not the project’s', () => {
  assert.deepEqual(lines(sample, 'usr/lib/ruby/gems/3.3.0/gems/x-1.0/Gemfile.lock'), []);
});

for (const [what, text, expected] of [
  ['a gem without a version', 'GEM\n  specs:\n    a\n      b\n    b (1)\n', ['b 1', 'gemfile-lock-record-unusable 1']],
  ['a merge conflict', 'GEM\n  specs:\n<<<<<<< HEAD\n    a (1)\n=======\nGEM\n    b (1)\n', ['b 1']],
  ['something else', 'hello\n', ['gemfile-lock-unreadable 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}

test('the Gemfile beside it tells what gems are needed for', () => {
  const gems = ['rack', 'rake', 'rspec', 'rubocop', 'both'].map((name) => `    ${name} (1.0)\n      ${name}-core`);
  const cores = ['rack', 'rspec', 'both'].map((name) => `    ${name}-core (1.0)`);
  const { packages } = catalogFiles(gemfileLock, {
    'app/Gemfile.lock': `GEM\n  remote: https://rubygems.org/\n  specs:\n${[...gems, ...cores].join('\n')}\n\nDEPENDENCIES\n  rack\n  rake\n  rspec\n  rubocop\n  both\n\nCHECKSUMS\n  rack (1.0) sha256=00\n\nBUNDLED WITH\n   2.5.0\n`,
    'app/Gemfile': `source "https://rubygems.org"
gem "rack", "~> 1.0" # group: :test
if RUBY_VERSION > "3"
  gem 'both', groups: [:default, :test]
end
group :development, :test do
  gem "rspec"
end
gem "rubocop", require: false, group: :development
gem "rake", group: %i[development test]
`,
  });
  assert.deepEqual(packages.map(packageLine), [
    'rack 1.0 direct > rack-core@1.0',
    'rake 1.0 development direct',
    'rspec 1.0 development direct > rspec-core@1.0',
    'rubocop 1.0 development direct',
    'both 1.0 direct > both-core@1.0',
    'rack-core 1.0 transitive',
    'rspec-core 1.0 development transitive',
    'both-core 1.0 transitive',
  ]);
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { gemspec } from './index.ts';

const sample = readFileSync(new URL('testdata/charts-2.4.1.gemspec', import.meta.url), 'utf8');

function lines(text: string, path = 'usr/lib/ruby/gems/3.3.0/specifications/x.gemspec'): string[] {
  const { packages, problems } = catalogFiles(gemspec, { [path]: text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads specifications of installed gems only', () => {
  const line = 'harbour-charts 2.4.1 (MIT, Ruby) platform=x86_64-linux';
  assert.deepEqual(lines(sample), [line]);
  assert.deepEqual(lines(sample, 'usr/lib/ruby/gems/3.3.0/specifications/default/x.gemspec'), [line]);
  assert.deepEqual(lines(sample, 'usr/lib/ruby/gems/3.3.0/gems/x-1.0/x.gemspec'), []);
});

for (const [what, text, expected] of [
  ['another name of the variable', 'spec.name = "x"\nspec.version = Gem::Version.new("1.0")\n', ['x 1.0']],
  ['other quotes', "s.name = %q<x>\ns.version = '1.0'\ns.license = %q{MIT}\n", ['x 1.0 (MIT)']],
  ['the stub where the rest is computed', '# stub: x 1.0 ruby lib\ns.version = X::VERSION\n', ['x 1.0']],
  ['nothing that is evaluated', 's.name = "x"\ns.version = "#{`id`}"\n', ['gemspec-record-unusable 1']],
  ['no comparison', 's.name == "x"\ns.version = "1"\n', ['gemspec-record-unusable 1']],
] as const) {
  test(`reads ${what}`, () => assert.deepEqual(lines(text), expected));
}

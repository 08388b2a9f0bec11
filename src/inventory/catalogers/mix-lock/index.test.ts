import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles } from '../../../../test/kit/catalog-files.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { mixLock } from './index.ts';

function read(content: string | Buffer) {
  const { fragment, problems } = mixLock.read(inputFile('mix.lock', content));
  const rows = (fragment?.packages ?? []).map((p) => `${p.name} ${p.version} needs ${p.dependencies?.join()}`);
  return { rows, problems: problems.map(({ code, subject }) => `${code} ${subject}`) };
}

test('reads packages of Hex and of repositories', () => {
  assert.deepEqual(read(readFileSync(new URL('testdata/mix.lock', import.meta.url))), {
    rows: [
      'cowboy 2.9.0 needs cowlib@2.11.0',
      'cowlib 2.11.0 needs ',
      'tides 0123456789abcdef0123456789abcdef01234567 needs ',
      'mimerl 1.2.0 needs ',
    ],
    problems: ['mix-lock-record-unusable mix.lock: beside'],
  });
});

test('a file of something else is a problem', () => {
  assert.deepEqual(read('<html>\n'), { rows: [], problems: ['mix-lock-record-unusable mix.lock'] });
});

test('the mix.exs beside it tells what the project asks for', () => {
  const { packages } = catalogFiles(mixLock, {
    'app/mix.lock': readFileSync(new URL('testdata/mix.lock', import.meta.url), 'utf8'),
    'app/mix.exs': `defp deps do
      [
        {:cowboy, "~> 2.9"},
        {:tides, git: "https://git.example.org/tides.git", only: [:dev, :test], runtime: false}
      ]
    end`,
  });
  assert.deepEqual(
    packages.map(({ name, relation, scope }) => `${name} ${relation} ${scope ?? ''}`),
    ['cowboy direct ', 'cowlib transitive ', 'tides direct development', 'mimerl transitive '],
  );
});

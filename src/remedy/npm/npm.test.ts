// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of other languages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonPlaces } from './json-places.ts';
import { specifiersOf, withOverride, withoutScripts, withSpecifier } from './manifest.ts';
import { passedSettings } from './settings.ts';
import { raisedSpecifier } from './specifier.ts';

test('keeps the style of a specifier', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['4.17.15', '4.17.21'],
    ['^4.17.15', '^4.17.21'],
    ['~4.17.15', '~4.17.21'],
    ['>=4.17.15', '>=4.17.21'],
    ['=4.17.15', '=4.17.21'],
    ['4.x', 'keep'],
    ['^4', 'keep'],
    ['latest', 'keep'],
    ['*', 'keep'],
    ['', 'keep'],
    ['3.x', '^4.17.21'],
    ['>=1.0.0 <4.17.20', '^4.17.21'],
    ['npm:lodash-es@4.17.15', 'refuse'],
    ['git+ssh://git@example.org/lodash.git', 'refuse'],
    ['owner/lodash', 'refuse'],
    ['file:../lodash', 'refuse'],
  ];
  for (const [from, expected] of cases) {
    const raised = raisedSpecifier(from, '4.17.21');
    assert.equal(raised.kind === 'rewrite' ? raised.specifier : raised.kind, expected, from);
  }
});

const manifest = `{
  "name": "shop", "dependencies" : { "a":"1.0.0",
    "b": "^1.0.0" },
  "devDependencies": {"a": "1.0.0", "__proto__": "1.0.0"},
  "scripts": { "preinstall": "touch /tmp/x", "test": "node --test" }
}
`;

test('replaces a specifier and not a character more', () => {
  assert.deepEqual(specifiersOf(manifest, 'a'), ['1.0.0']);
  assert.deepEqual(specifiersOf(manifest, 'constructor'), []);
  assert.equal(
    withSpecifier(manifest, 'a', '1.0.0', '1.0.1'),
    manifest.replaceAll('"a":"1.0.0"', '"a":"1.0.1"').replace('"a": "1.0.0"', '"a": "1.0.1"'),
  );
  assert.equal(
    withSpecifier(manifest, '__proto__', '1.0.0', '2.0.0'),
    manifest.replace('"__proto__": "1.0.0"', '"__proto__": "2.0.0"'),
  );
});

test('adds an override', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['{\n  "name": "x"\n}\n', '{\n  "name": "x",\n  "overrides": {\n    "a": "2"\n  }\n}\n'],
    ['{"name":"x"}', '{"name":"x","overrides": {"a": "2"}}'],
    ['{\n\t"overrides": {\n\t\t"b": "1"\n\t}\n}', '{\n\t"overrides": {\n\t\t"b": "1",\n\t\t"a": "2"\n\t}\n}'],
    ['{\n  "overrides": {}\n}', '{\n  "overrides": {"a": "2"}\n}'],
  ];
  for (const [before, after] of cases) assert.equal(withOverride(before, 'a', '2'), after);
  assert.equal(withOverride('{"overrides":{"a":{"b":"1"}}}', 'a', '2'), undefined);
  assert.equal(withOverride('{"overrides":"a"}', 'a', '2'), undefined);
});

test('takes every script out of what npm gets to see', () => {
  const { scripts } = JSON.parse(withoutScripts(manifest));
  assert.deepEqual(scripts, { preinstall: 'exit 1', test: 'exit 1' });
});

test('reads what JSON.parse reads, and nothing that it does not', () => {
  for (const text of [
    '{"a":[1,{"b":[]}],"c":null,"d":"\\"}"}',
    '[]',
    '"x"',
    ' {} ',
    '\ufeff{"a": -1.5e3 }',
    '[[],[1,2],{}]',
  ]) {
    const place = jsonPlaces(text);
    assert.equal(text.slice(place?.start, place?.end), text.replace('\ufeff', '').trim());
  }
  for (const text of ['', '{', '{"a":1,}', '{a:1}', `${'['.repeat(100)}${']'.repeat(100)}`])
    assert.equal(jsonPlaces(text), undefined);
});

test('passes only settings that run nothing, send nothing and write nowhere', () => {
  const { text, dropped } = passedSettings(
    [
      '; a comment',
      'registry = https://registry.example.org/npm/',
      '@shop:registry=https://shop.example.org/',
      'legacy-peer-deps=true',
      'registry=http://evil.example/',
      'registry=https://${TOKEN}.evil.example/',
      'registry=https://user:word@evil.example/',
      '//evil.example/:_authToken=${NPM_TOKEN}',
      'git=./run-me',
      'script-shell=./run-me',
      'node-options=--require ./run-me',
      'proxy=http://evil.example',
      'cafile=./evil.pem',
      'userconfig=./evil',
      'ignore-scripts=false',
      'legacy-peer-deps[]=x',
      '__proto__=x',
    ].join('\n'),
  );
  assert.equal(
    text,
    'registry=https://registry.example.org/npm/\n@shop:registry=https://shop.example.org/\nlegacy-peer-deps=true\n',
  );
  assert.deepEqual(dropped.slice(0, 4), ['registry', '_authToken', 'git', 'script-shell']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalisedName, parseRequirement } from './python-requirement.ts';

test('a requirement is pinned by == and === of a whole version only', () => {
  const table: [text: string, name: string | undefined, version?: string][] = [
    ['flask==2.0.0', 'flask', '2.0.0'],
    ['Flask ==2.0.0', 'Flask', '2.0.0'],
    ['zope.interface===5.4', 'zope.interface', '5.4'],
    ['celery[redis, pytest]==4.4.7', 'celery', '4.4.7'],
    ["x == 1.0 ; python_version < '3.8'", 'x', '1.0'],
    ['x (==1.0)', 'x', '1.0'],
    ['x>=0.5,==1.0', 'x', '1.0'],
    ['x==1!2.0.post1+local', 'x', '1!2.0.post1+local'],
    ['x==1.0 --hash=sha256:00', 'x', '1.0'],
    ['x==1.*', 'x'],
    ['x>=1', 'x'],
    ['x', 'x'],
    ["x; extra == 'y'", 'x'],
    ['x @ https://host/x-1.0.tar.gz', 'x'],
    ['', undefined],
    ['-r other.txt', undefined],
    ['>=1.0', undefined],
  ];
  for (const [text, name, version] of table) {
    const expected = name && { name, ...(version && { version }) };
    assert.deepEqual(parseRequirement(text), expected, text);
  }
});

test('names are one in all spellings', () => {
  for (const name of ['zope.interface', 'Zope_Interface', 'zope--interface'])
    assert.equal(normalisedName(name), 'zope-interface');
});

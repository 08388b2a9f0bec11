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
    ['', undefined],
    ['local/folder', undefined],
    ['./local', undefined],
    ['https://host/folder', undefined],
    ['-r other.txt', undefined],
    ['>=1.0', undefined],
  ];
  for (const [text, name, version] of table) {
    const expected = name && { name, ...(version && { version }) };
    assert.deepEqual(parseRequirement(text), expected, text);
  }
});

test('a requirement at an address is what the address says', () => {
  const table: [text: string, name: string, version: string | undefined, place: string][] = [
    ['x @ https://host/x-1.0.tar.gz', 'x', '1.0', 'download_url=https://host/x-1.0.tar.gz'],
    ['x[y] @ git+ssh://git@host/x.git@v1 ; a == "b"', 'x', undefined, 'vcs_url=git+ssh://git@host/x.git@v1'],
    ['git+https://host/x.git@v1#egg=tide&subdirectory=a', 'tide', undefined, 'vcs_url=git+https://host/x.git@v1'],
    [
      'https://host/a_b-2.0-py3-none-any.whl --hash=sha256:00',
      'a_b',
      '2.0',
      'download_url=https://host/a_b-2.0-py3-none-any.whl',
    ],
  ];
  for (const [text, name, version, place] of table) {
    const found = parseRequirement(text);
    const [where] = Object.entries(found?.qualifiers ?? {}).map((pair) => pair.join('='));
    assert.deepEqual([found?.name, found?.version, where], [name, version, place], text);
  }
});

test('names are one in all spellings', () => {
  for (const name of ['zope.interface', 'Zope_Interface', 'zope--interface'])
    assert.equal(normalisedName(name), 'zope-interface');
});

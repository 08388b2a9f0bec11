import assert from 'node:assert/strict';
import { test } from 'node:test';
import { raiseRequirements } from './raise.ts';

const raises = [
  { name: 'urllib3', from: '2.0.0', to: '2.0.7' },
  { name: 'urllib3', from: '1.26.4', to: '1.26.5' },
  { name: 'Jinja2', from: '2.11.2', to: '2.11.3' },
];

test('raises pins and lower bounds and leaves everything else as it is', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['urllib3==1.26.4\n', 'urllib3==1.26.5\n'],
    ['  urllib3 == 1.26.4 # why\r\n', '  urllib3 == 1.26.5 # why\r\n'],
    [
      'urllib3[secure, socks]===1.26.4; python_version < "3.10"\n',
      'urllib3[secure, socks]===1.26.5; python_version < "3.10"\n',
    ],
    ['urllib3==1.26.4 \\\n    ; python_version < "3"\n', 'urllib3==1.26.5 \\\n    ; python_version < "3"\n'],
    ['urllib3==1.26.04', 'urllib3==1.26.5'],
    ['JINJA2==2.11.2\njinja2>=2.0,<3\n', 'JINJA2==2.11.3\njinja2>=2.11.3,<3\n'],
    ['urllib3>1.25, <2\n', 'urllib3>=1.26.5, <2\n'],
    ['urllib3~=1.26\n', 'urllib3~=1.26,>=1.26.5\n'],
    [
      'urllib3==1.26.4; python_version < "3"\nurllib3==2.0.0; python_version >= "3"',
      'urllib3==1.26.5; python_version < "3"\nurllib3==2.0.7; python_version >= "3"',
    ],
    ['urllib3\n', 'urllib3>=1.26.5\n'],
    ['urllib3==1.26.4,!=1.26.3\n', 'urllib3==1.26.5,!=1.26.3\n'],
  ];
  for (const [before, after] of cases) {
    const { text, refused } = raiseRequirements(before, raises);
    assert.equal(text, after);
    assert.deepEqual([...refused], []);
  }
});

test('leaves alone what is another package, an option, an address or a comment', () => {
  const text = [
    'urllib3-mock==1.26.4',
    '# urllib3==1.26.4',
    '-r urllib3.txt',
    'urllib3 @ https://example.org/urllib3-1.26.4.tar.gz',
    'git+https://example.org/urllib3.git@1.26.4#egg=urllib3',
    './urllib3',
    'other==1.26.4',
    'urllib3==1.25.1',
    '',
  ].join('\n');
  const done = raiseRequirements(text, raises);
  assert.equal(done.text, text);
  assert.deepEqual([...done.raised, ...done.refused], []);
});

test('says why a line is not raised', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['urllib3==1.26.4 --hash=sha256:00\n', /pinned by hashes/],
    ['urllib3==1.26.4 \\\n  --hash=sha256:00 \\\n  --hash=sha256:11\n', /pinned by hashes/],
    ['urllib3==1.26.4,<1.26.5\n', /does not allow 1.26.5/],
    ['urllib3<1.26.5\n', /does not allow/],
    ['urllib3!=1.26.5\n', /does not allow/],
  ];
  for (const [before, words] of cases) {
    const { text, refused } = raiseRequirements(before, raises);
    assert.equal(text, before);
    assert.match(refused.get('urllib3') ?? '', words);
  }
});

test('takes a long line without an end in its stride', () => {
  for (const text of [
    `urllib3${'='.repeat(500_000)}`,
    `urllib3==1.26.4${' ,'.repeat(300_000)}`,
    'a\\\n'.repeat(300_000),
  ])
    assert.equal(raiseRequirements(text, raises).text, text);
});

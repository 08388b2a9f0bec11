import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { appendException, type NewException } from '../index.ts';

const entry: NewException = {
  id: 'CVE-2024-2',
  package: 'curl',
  reason: 'only "local" use: fine',
  expires: '2027-01-01',
};
const written = (indent: string): string =>
  [
    `${indent}- id: CVE-2024-2`,
    `${indent}  package: curl`,
    `${indent}  reason: 'only "local" use: fine'`,
    `${indent}  expires: 2027-01-01`,
    '',
  ].join('\n');

describe('an entry is added and the rest stays', () => {
  const first = '- { id: "CVE-2024-1",   reason: r, expires: 2027-01-01 } # why';
  const table: [name: string, before: string, after: string][] = [
    [
      'behind the last',
      `# top\nexceptions:\n  # first\n  ${first}\n`,
      `# top\nexceptions:\n  # first\n  ${first}\n${written('  ')}`,
    ],
    ['in the column of the list', `exceptions:\n${first}\n`, `exceptions:\n${first}\n${written('')}`],
    [
      'before what follows',
      `exceptions:\n  ${first}\n\n# end\nversion: 1\n`,
      `exceptions:\n  ${first}\n${written('  ')}\n# end\nversion: 1\n`,
    ],
    ['without a last line end', `exceptions:\n  ${first}`, `exceptions:\n  ${first}\n${written('  ')}`],
    [
      'behind a block',
      'exceptions:\n  - id: CVE-1\n    expires: 2027-01-01\n    reason: |\n      two\n      lines\n',
      `exceptions:\n  - id: CVE-1\n    expires: 2027-01-01\n    reason: |\n      two\n      lines\n${written('  ')}`,
    ],
    ['in an empty list', '# top\nexceptions: []\nversion: 1\n', `# top\nexceptions:\n${written('  ')}version: 1\n`],
    [
      'in a list without entries',
      'exceptions: # none yet\nversion: 1\n',
      `exceptions: # none yet\n${written('  ')}version: 1\n`,
    ],
    [
      'in a new file',
      '',
      `# What was decided about findings: docs/reference/exceptions.md of Plimsoll.\nexceptions:\n${written('  ')}`,
    ],
  ];
  for (const [name, before, after] of table) {
    test(name, () => {
      const added = appendException(before, entry, 'e.yaml');
      assert.equal(added.ok ? added.value : added.error, after);
    });
  }
});

describe('refused', () => {
  const table: [before: string, entry: NewException, message: RegExp][] = [
    ['exceptions: [{id: CVE-1, reason: r, expires: 2027-01-01}]\n', entry, /written in brackets/],
    ['other: 1\n', entry, /no list/],
    ['exceptions: # ours\n  package: x\n', entry, /is not a list/],
    ['exceptions: text\n', entry, /is not a list/],
    ['exceptions: [', entry, /not valid YAML/],
    ['', { id: 'CVE-1', reason: '', expires: '2027-01-01' }, /needs a reason/],
    ['', { id: 'CVE-1', reason: 'r' }, /needs "expires/],
    ['', { id: '*', reason: 'r', expires: '2027-01-01' }, /nothing in particular/],
  ];
  for (const [before, wrong, message] of table) {
    test(String(message), () => {
      const added = appendException(before, wrong, 'e.yaml');
      assert.match(added.ok ? '' : added.error, message);
    });
  }
});

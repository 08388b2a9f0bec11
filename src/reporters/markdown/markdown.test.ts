import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullReport } from '../../../test/kit/full-report.ts';
import { cleanReport, hostileReport, largeReport, sampleReport } from '../../../test/kit/report.ts';
import { markdown } from './index.ts';

const plain = { color: false, width: 80, verbose: false };
const text = (report = sampleReport()) => [...markdown.render(report, plain)].join('');

test('each kind has a table, the worst first, with the place', () => {
  const written = text(fullReport());
  const headings = [...written.matchAll(/^### (\w+)/gm)].map(([, heading]) => heading);
  assert.deepEqual(headings, ['Policies', 'Secrets', 'Vulnerabilities', 'Configuration', 'Malware', 'Licences', 'Not']);
  assert.match(written, /^\| critical \| compose-privileged \| compose.yaml:4 \| service web: privileged is true\./m);
  assert.match(written, /19 open findings: 6 critical, .*; 6 others decided or not affected\./);
});

test('nothing found is a clean bill only where nothing was left out', () => {
  assert.match(text(cleanReport()), /No known vulnerability\./);
  assert.match(text(cleanReport({ assessment: 'incomplete' })), /the answer is incomplete/);
});

test('a large report fits on a job page and says what it leaves out', () => {
  const written = text(largeReport(50_000));
  assert.ok(Buffer.byteLength(written) < 512 * 1024);
  assert.match(written, /And \d\d,\d\d\d more findings\./);
});

test('foreign words are neither markup nor rows', () => {
  const written = text(hostileReport());
  assert.doesNotMatch(written, /<(?:script|img)|[^\\]\[2J|@/);
  for (const line of written.split('\n'))
    if (line.startsWith('|')) assert.equal(line.match(/(?<!\\)\|/g)?.length, 5, line);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSubmission } from '../../read.ts';

const receivedAt = new Date('2026-11-24T12:00:00Z');

const event = (more: object, fields: object = {}) =>
  JSON.stringify({
    hostname: 'node-7',
    output: 'A shell was spawned (cmdline=bash)',
    priority: 'Notice',
    rule: 'Terminal shell in container',
    source: 'syscall',
    tags: ['T1059'],
    time: '2026-11-24T09:00:00.000000000Z',
    output_fields: {
      'container.id': 'abc',
      'container.image.repository': 'shop/web',
      'proc.exepath': '/bin/bash',
      ...fields,
    },
    ...more,
  });

test('events of the same rule in the same image are one finding, with every program that was met', () => {
  const lines = [
    event({}),
    event({ time: '2026-11-24T10:00:00Z' }, { 'proc.exepath': '/bin/dash' }),
    event({ priority: 'Critical', rule: 'Drop and execute new binary in container' }),
    event(
      { rule: 'Read sensitive file untrusted', priority: 'Warning' },
      { 'container.image.repository': null, 'container.id': 'host' },
    ),
  ];
  const read = readSubmission(lines.join('\n'), undefined, { receivedAt });
  assert.ok(read.ok, read.ok ? '' : read.error);
  const { asset, findings, isComplete, createdAt } = read.value;
  assert.deepEqual(
    [asset, isComplete, createdAt.toISOString()],
    [{ kind: 'host', name: 'node-7' }, false, '2026-11-24T10:00:00.000Z'],
  );
  assert.deepEqual(
    findings.map(({ kind, ids, subject, severity, details, occurrences }) => [
      kind,
      ids[0],
      subject,
      severity,
      details['events'],
      occurrences.length,
    ]),
    [
      ['run-time', 'falco:Terminal shell in container', 'shop/web', 'low', 2, 2],
      ['run-time', 'falco:Drop and execute new binary in container', 'shop/web', 'critical', 1, 1],
      ['run-time', 'falco:Read sensitive file untrusted', 'host', 'medium', 1, 1],
    ],
  );
});

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['two hosts', [event({}), event({ hostname: 'node-8' })].join('\n'), /of 2 hosts/],
  ['half an event', [event({}), '{"rule":"x"}'].join('\n'), /event 2 has no rule, priority or output/],
  ['a line that is cut', [event({}), '{"rule":'].join('\n'), /line 2 of the document is not valid JSON/],
];
for (const [name, text, message] of refused)
  test(`refused: ${name}`, () => {
    const read = readSubmission(text, undefined, { receivedAt });
    assert.match(read.ok ? 'taken' : read.error, message);
  });

test('passwords in command lines are not kept', () => {
  const read = readSubmission(
    event({ output: 'cmdline=mysql --password=hunter2-Long-Secret-4711 postgres://u:s3cr3tpassw0rd@db/x' }),
    undefined,
    { receivedAt },
  );
  assert.ok(read.ok);
  assert.doesNotMatch(JSON.stringify(read.value.findings), /s3cr3tpassw0rd/);
});

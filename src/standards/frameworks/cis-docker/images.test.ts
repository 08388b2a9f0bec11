import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { redClauses } from '../../../../test/kit/requirements.ts';
import { cisDocker } from './index.ts';

const FROM = `FROM registry.example.net/base/debian:13.1@sha256:${'0'.repeat(64)}`;
const END = ['HEALTHCHECK CMD ["/app", "--check"]', 'USER 10001', 'ENTRYPOINT ["/app"]'];

/** Instructions, of a Dockerfile that is else sound, that make these clauses and no others red. */
const changed: readonly (readonly [clauses: readonly string[], lines: readonly string[]])[] = [
  [['4.1'], [FROM, 'COPY app /app', 'HEALTHCHECK CMD ["/app"]', 'ENTRYPOINT ["/app"]']],
  [['4.1'], [FROM, 'COPY app /app', ...END, 'USER root']],
  [['4.3'], [FROM, 'RUN apt-get update && apt-get install -y tini=0.19.0-1', 'COPY app /app', ...END]],
  [['4.6'], [FROM, 'COPY app /app', 'USER 10001', 'ENTRYPOINT ["/app"]']],
  [['4.7'], [FROM, 'RUN apt-get update', 'COPY app /app', ...END]],
  [['4.8'], [FROM, 'COPY app /app', 'RUN chmod u+s /app', ...END]],
  [['4.9'], [FROM, 'ADD app /app', ...END]],
  [['4.10'], [FROM, 'ENV DB_PASSWORD=correct-horse-battery', 'COPY app /app', ...END]],
  [['4.10'], [FROM, 'RUN git clone https://bot:correct-horse-battery@git.example.net/app', ...END]],
  [
    ['4.11'],
    [
      FROM,
      'RUN apt-get update && apt-get install -y --allow-unauthenticated --no-install-recommends tini=0.19.0-1',
      ...END,
    ],
  ],
  [['4.11'], [FROM, 'RUN curl -fsSL https://get.example.net/install.sh | sh', ...END]],
];

describe('clauses about images and build files', () => {
  test('a sound Dockerfile makes none of them red', () => {
    assert.deepEqual(red([FROM, 'COPY app /app', ...END]), []);
  });

  for (const [clauses, lines] of changed)
    test(`${clauses.join(', ')}: ${lines.join(' ⏎ ')}`, () => {
      assert.deepEqual(red(lines), clauses);
    });

  test('4.4: a vulnerability of high severity, found in the image', () => {
    const found = { kind: 'vulnerability', id: 'CVE-2026-0001', severity: 'high' } as const;
    assert.deepEqual(redClauses(cisDocker, {}, [found]), ['4.4']);
  });

  test('4.10: a secret of any severity, found in the image', () => {
    const found = { kind: 'secret', id: 'private-key', severity: 'low' } as const;
    assert.deepEqual(redClauses(cisDocker, {}, [found]), ['4.10']);
  });
});

function red(lines: readonly string[]): string[] {
  return redClauses(cisDocker, { Dockerfile: `${lines.join('\n')}\n` });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOfImage } from './end-of-life.ts';

/** Image, tag and the release that has ended on the day. */
const cases: readonly (readonly [repository: string, tag: string, ended: string | undefined])[] = [
  ['debian', '9', 'Debian 9'],
  ['docker.io/library/debian', 'stretch-20200101-slim', 'Debian 9'],
  ['debian', '12.8', undefined],
  ['ubuntu', '14.04', 'Ubuntu 14.04'],
  ['alpine', '3.9.6', 'Alpine 3.9'],
  ['alpine', 'edge', undefined],
  ['node', '14-alpine', 'Node.js 14'],
  ['node', '24-stretch', 'Debian 9'],
  ['node', '24-alpine3.9', 'Alpine 3.9'],
  ['node', 'lts', undefined],
  ['acme/debian', '9', undefined],
  ['registry.example/debian', '9', undefined],
];

for (const [repository, tag, ended] of cases) {
  test(`${repository}:${tag}`, () => assert.equal(endOfImage(repository, tag, '2026-11-24')?.release, ended));
}

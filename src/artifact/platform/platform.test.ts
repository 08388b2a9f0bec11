import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostPlatform, parsePlatform, renderPlatform, suitability } from './platform.ts';

const spellings: Readonly<Record<string, string>> = {
  'linux/amd64': 'linux/amd64',
  amd64: 'linux/amd64',
  'linux/x86_64': 'linux/amd64',
  arm64: 'linux/arm64/v8',
  aarch64: 'linux/arm64/v8',
  'linux/arm': 'linux/arm/v7',
  'linux/arm/v6': 'linux/arm/v6',
  'linux/arm/7': 'linux/arm/v7',
  armhf: 'linux/arm/v7',
  i386: 'linux/386',
  'Linux/AMD64': 'linux/amd64',
  'linux/ppc64le': 'linux/ppc64le',
  'windows/amd64': 'windows/amd64',
  'linux/constructor': 'linux/constructor',
};
for (const [text, expected] of Object.entries(spellings)) {
  test(`${text} is ${expected}`, () => {
    const parsed = parsePlatform(text);
    assert.equal(parsed.ok && renderPlatform(parsed.value), expected);
  });
}

for (const text of ['', '/', 'linux/', 'linux/amd64/v1/x', 'linux amd64', '../x']) {
  test(`${JSON.stringify(text)} is no platform`, () => assert.equal(parsePlatform(text).ok, false));
}

const suits: readonly (readonly [offered: string, wanted: string, gap: number | undefined])[] = [
  ['linux/amd64', 'linux/amd64', 0],
  ['linux/arm/v6', 'linux/arm/v7', 1],
  ['linux/arm/v7', 'linux/arm/v6', undefined],
  ['linux/arm64', 'linux/arm64/v8', 0],
  ['linux/amd64/v3', 'linux/amd64', undefined],
  ['linux/amd64', 'linux/amd64/v3', 2],
  ['windows/amd64', 'linux/amd64', undefined],
  ['linux/arm64', 'linux/arm', undefined],
];
for (const [offered, wanted, gap] of suits) {
  test(`${offered} for ${wanted}: ${gap ?? 'unsuited'}`, () => {
    const [a, b] = [parsePlatform(offered), parsePlatform(wanted)];
    assert.equal(a.ok && b.ok && suitability(a.value, b.value), gap);
  });
}

test('this machine runs Linux images', () => assert.equal(hostPlatform().os, 'linux'));

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of other languages.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parseDockerfile } from '#checks/index.ts';
import { err, ok } from '#foundation/index.ts';
import type { EditMeans } from '../editor.ts';
import type { FixGroup, FixStep } from '../plan/index.ts';
import { ProjectFiles } from '../workspace/index.ts';
import { dockerfileEditor } from './index.ts';
import { installLines } from './install-lines.ts';
import { newerTag } from './newer-tag.ts';

const tags = [
  '20.11.0-slim',
  '20.11.1-slim',
  '20.11.9',
  '20.12.0-slim',
  '21.0.0-slim',
  '12',
  '12-20240110-slim',
  '12-20240311-slim',
];

test('a newer tag promises what the tag promised', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['20.11.0-slim', '20.11.1-slim'],
    ['20.11.1-slim', undefined],
    ['20.11.0', '20.11.9'],
    ['12-20240110-slim', '12-20240311-slim'],
    ['12', undefined],
    ['latest', undefined],
    ['20.11-slim', undefined],
    ['9'.repeat(300), undefined],
  ];
  for (const [tag, expected] of cases) assert.equal(newerTag(tag, tags), expected, tag);
});

async function edited(
  context: TestContext,
  text: string,
  { kind = 'base-image', steps = [step({})] }: { kind?: 'base-image' | 'own-layers'; steps?: FixStep[] } = {},
) {
  const root = mkdtempSync(join(tmpdir(), 'plimsoll-dockerfile-'));
  context.after(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'Dockerfile'), text);
  const asked: string[] = [];
  const files = new ProjectFiles(root);
  const means: EditMeans = {
    root,
    files,
    dockerfile: 'Dockerfile',
    allowsOverrides: false,
    allowsBreaking: false,
    assess: async () => err('not asked for'),
    registry: {
      async tags(name) {
        asked.push(name);
        return ok(tags);
      },
      digest: async (name) => ok(`sha256:${'e'.repeat(63)}${name.length % 10}`),
    },
    signal: AbortSignal.timeout(20_000),
  };
  const place = kind === 'base-image' ? { kind } : { kind, type: 'deb' as const };
  const group: FixGroup = { place, steps, command: 'apt-get install --only-upgrade x' };
  assert.ok(dockerfileEditor.handles(group, means));
  const { refusals } = await dockerfileEditor.propose(group, steps, means);
  return { text: files.edits()[0]?.after ?? text, refusals: refusals.map(({ reason }) => reason), asked };
}

function step(more: Partial<FixStep>): FixStep {
  return {
    id: 'base-image',
    what: 'base-image',
    name: 'base image',
    packages: [],
    from: '',
    to: '',
    where: 'FROM',
    removes: [],
    leaves: [],
    path: [],
    through: [],
    confidence: 'certain',
    isBreaking: false,
    worst: 'high',
    exploited: 0,
    ...more,
  };
}

test('raises the tag of the image that the last stage is built on, and nothing else', async (context) => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const cases: readonly (readonly [string, string])[] = [
    ['FROM node:20.11.0-slim\nRUN x\n', 'FROM node:20.11.1-slim\nRUN x\n'],
    [
      '# a comment\r\nfrom --platform=linux/amd64 node:20.11.0-slim AS base # no\r\nFROM base\r\n',
      '# a comment\r\nfrom --platform=linux/amd64 node:20.11.1-slim AS base # no\r\nFROM base\r\n',
    ],
    [
      'FROM golang:1.22.0 AS build\nFROM \\\n  host:5000/node:20.11.0-slim\nCOPY --from=build /x /x\n',
      'FROM golang:1.22.0 AS build\nFROM \\\n  host:5000/node:20.11.1-slim\nCOPY --from=build /x /x\n',
    ],
    [
      'ARG NODE=20.11.0\nFROM node:${NODE}-slim\nARG NODE=20.11.0\n',
      'ARG NODE=20.11.1\nFROM node:${NODE}-slim\nARG NODE=20.11.0\n',
    ],
    ['ARG BASE="node:20.11.0-slim"\nFROM $BASE\n', 'ARG BASE="node:20.11.1-slim"\nFROM $BASE\n'],
    [
      'FROM golang:1.22.0\nRUN echo $((a<<b)) " <<c"\nFROM node:20.11.0-slim\nRUN <<-A cat\n  A\nFROM x:20.11.0\n\tA\n',
      'FROM golang:1.22.0\nRUN echo $((a<<b)) " <<c"\nFROM node:20.11.1-slim\nRUN <<-A cat\n  A\nFROM x:20.11.0\n\tA\n',
    ],
    [`FROM node:12@${digest}\n`, `FROM node:12@sha256:${'e'.repeat(63)}7\n`],
  ];
  for (const [before, after] of cases) {
    const done = await edited(context, before);
    assert.equal(done.text, after);
    assert.deepEqual(done.refusals, []);
  }
});

test('says why a base stays', async (context) => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['FROM scratch\n', /built on no other image/],
    ['FROM node:12\n', /--pull --no-cache/],
    ['FROM node\n', /names no tag/],
    ['ARG TAG\nFROM node:${TAG}\n', /no plain default/],
    ['ARG A=20.11.0\nARG B=slim\nFROM node:$A-$B\n', /put together from arguments; make it node:20.11.1-slim/],
    ['', /built on no other image/],
    ['RUN <<EOF\nFROM node:20.11.0-slim\nEOF\n', /built on no other image/],
  ];
  for (const [before, words] of cases) {
    const { text, refusals } = await edited(context, before);
    assert.equal(text, before);
    assert.match(refusals.join(), words, before);
  }
});

const curl = step({
  id: 'curl@1',
  what: 'system-package',
  packages: ['curl', 'libcurl4'],
  from: '7.88.1-10',
  to: '7.88.1-11',
});

test('raises pins of install lines', async (context) => {
  const cases: readonly (readonly [string, string])[] = [
    ['RUN apt-get install -y curl=7.88.1-10', 'RUN apt-get install -y curl=7.88.1-11'],
    [
      'RUN --mount=type=cache,target=/x \\\n  set -eux; apt-get update && \\\n# why\n\n  DEBIAN_FRONTEND=noninteractive apt-get -y -o A=b install --no-install-recommends \\\n    libcurl4:amd64=7.88.1-10 \\\n    vim="1" \\\n    curl=7.88.1-10 \\\n && rm -rf /var/lib/apt/lists/*\n',
      'RUN --mount=type=cache,target=/x \\\n  set -eux; apt-get update && \\\n# why\n\n  DEBIAN_FRONTEND=noninteractive apt-get -y -o A=b install --no-install-recommends \\\n    libcurl4:amd64=7.88.1-11 \\\n    vim="1" \\\n    curl=7.88.1-11 \\\n && rm -rf /var/lib/apt/lists/*\n',
    ],
    [
      '# escape=`\nFROM x\nSHELL ["/bin/sh", "-c"]\nRUN apt-get install `\n curl=7.88.1-10\n',
      '# escape=`\nFROM x\nSHELL ["/bin/sh", "-c"]\nRUN apt-get install `\n curl=7.88.1-11\n',
    ],
    ['RUN (apt-get install curl=7.88.1-10)', 'RUN (apt-get install curl=7.88.1-11)'],
    ['RUN <<EOF\napt-get install curl=7.88.1-10\nEOF\n', 'RUN <<EOF\napt-get install curl=7.88.1-11\nEOF\n'],
    ['RUN apk add --no-cache -t x curl=7.88.1-10 y\n', 'RUN apk add --no-cache -t x curl=7.88.1-11 y\n'],
    ['RUN microdnf install -y curl-7.88.1-10\n', 'RUN microdnf install -y curl-7.88.1-11\n'],
    ['RUN if x; then apt-get install curl=7.88.1-10; fi\n', 'RUN if x; then apt-get install curl=7.88.1-11; fi\n'],
  ];
  for (const [before, after] of cases) {
    const done = await edited(context, before, { kind: 'own-layers', steps: [curl] });
    assert.equal(done.text, after);
    assert.deepEqual(done.refusals, []);
  }
});

test('leaves alone what takes a shell to be sure of, and what pins something else', async (context) => {
  for (const line of [
    'RUN apt-get install curl=7.88.1-9',
    'RUN apt-get install curl',
    'RUN apt-get remove curl=7.88.1-10',
    'RUN echo apt-get install curl=7.88.1-10',
    "RUN apt-get install 'curl=7.88.1-10'",
    'RUN apt-get install $(echo curl=7.88.1-10)',
    'RUN bash -c "apt-get install curl=7.88.1-10"',
    'RUN x # apt-get install curl=7.88.1-10',
    'RUN <<EOF\ncat <<E\napt-get install curl=7.88.1-10\nE\nEOF',
    'SHELL ["powershell"]\nRUN apt-get install curl=7.88.1-10',
    'RUN ["apt-get", "install", "curl=7.88.1-10"]',
    'ONBUILD RUN apt-get install curl=7.88.1-10',
    'RUN x "unclosed && apt-get install curl=7.88.1-10',
    'COPY apt-get install curl=7.88.1-10',
    '# RUN apt-get install curl=7.88.1-10',
  ]) {
    const { text, refusals } = await edited(context, `FROM x\n${line}\n`, { kind: 'own-layers', steps: [curl] });
    assert.equal(text, `FROM x\n${line}\n`);
    assert.match(refusals.join(), /no install line pins it/, line);
  }
});

test('takes large and odd files in its stride', () => {
  for (const text of [
    'RUN x \\\n'.repeat(50_000),
    `RUN ${'"'.repeat(200_001)}`,
    `RUN apt-get install ${'a=1 '.repeat(50_000)}`,
    'RUN <<A <<B\n'.repeat(20_000),
    `FROM ${'$A'.repeat(100_000)}`,
    ' \t'.repeat(200_000),
  ])
    assert.ok(installLines(parseDockerfile(text, '')).lines.length <= 1);
});

import type { CheckHit } from '../../check.ts';
import { endOfImage } from '../../end-of-life.ts';
import type { Base, Dockerfile, Stage } from '../document.ts';
import { bestPractices, dockerfileCheck, documentation, hadolint, hitAt, lastStage } from '../rule.ts';

type ImageBase = Base & { readonly kind: 'image' };

interface ImageStage {
  readonly stage: Stage;
  readonly base: ImageBase;
}

function imageStages({ stages }: Dockerfile): ImageStage[] {
  return stages.flatMap((stage) => (stage.base.kind === 'image' ? [{ stage, base: stage.base }] : []));
}

const latest = dockerfileCheck({
  id: 'dockerfile-base-latest',
  title: 'A base image has no tag or the tag latest',
  severity: 'medium',
  references: [documentation('from'), hadolint('DL3007')],
  aliases: ['DS-0001', 'DL3006', 'DL3007'],
  rationale:
    'What latest stands for changes without notice: a build of tomorrow can bring another release, or an image that somebody put in its place.',
  remediation: 'Name the release that was tested, best with its digest.',
  controls: ['CM-2', 'SR-4'],
  examples: {
    pass: [
      'FROM debian:12.8-slim\nRUN true\n',
      'FROM golang:1.23 AS build\nFROM build\n',
      'FROM scratch\nCOPY a /a\n',
      'ARG BASE\nFROM $BASE\n',
    ],
    fail: ['FROM debian\n', 'ARG TAG=latest\nFROM registry.example:5000/app:$TAG\n'],
  },
  *evaluate(dockerfile) {
    for (const { base } of imageStages(dockerfile)) {
      if (base.digest !== undefined || base.word.unknown.length > 0) continue;
      if (base.tag === undefined)
        yield hitAt(dockerfile, base.word, `${base.word.value} has no tag, which means latest`);
      else if (base.tag === 'latest')
        yield hitAt(dockerfile, base.word, `${base.word.value} is whatever latest stands for`);
    }
  },
});

const digest = dockerfileCheck({
  id: 'dockerfile-base-digest',
  title: 'A base image is not pinned by its digest',
  severity: 'info',
  references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  rationale:
    'A tag can be moved, by its owner or by whoever has taken over the account. A digest stands for one content for ever.',
  remediation: 'Add the digest behind the tag (`name:tag@sha256:…`) and let a bot or `plimsoll fix` renew it.',
  controls: ['SI-7', 'SR-4'],
  examples: {
    pass: [
      'FROM debian:12@sha256:b877a1a3fdf02469440f1768cf69c9771338a875b7add5e80c45b756c92ac20a\n',
      'FROM scratch\n',
    ],
    fail: ['FROM debian:12.8-slim\n'],
  },
  *evaluate(dockerfile) {
    for (const { base } of imageStages(dockerfile)) {
      if (base.digest !== undefined || base.word.unknown.length > 0) continue;
      yield hitAt(dockerfile, base.word, `${base.word.value} is named by a tag alone`);
    }
  },
});

const endOfLife = dockerfileCheck({
  id: 'dockerfile-base-end-of-life',
  title: 'A base image is of a release that is no longer supported',
  severity: 'high',
  references: [bestPractices, 'https://endoflife.date/'],
  rationale:
    'Nobody mends vulnerabilities of the release any more, and those that are found may not even be recorded for it.',
  remediation: 'Move to a release that is supported.',
  controls: ['SA-22', 'SI-2'],
  examples: {
    pass: ['FROM debian:13-slim\n', 'FROM node:24-alpine\n', 'FROM ubuntu:24.04\n', 'FROM acme/node:8\n'],
    fail: [
      'FROM debian:stretch-slim\n',
      'FROM node:14.21.3-alpine\n',
      'FROM docker.io/library/alpine:3.12\n',
      'ARG V=18.10\nFROM ubuntu:$V\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { base } of imageStages(dockerfile)) {
      if (base.word.unknown.length > 0) continue;
      const end = endOfImage(base.repository, base.tag, dockerfile.today);
      if (end)
        yield hitAt(dockerfile, base.word, `${base.word.value} is of ${end.release}, which ended on ${end.date}`);
    }
  },
});

const argument = dockerfileCheck({
  id: 'dockerfile-base-argument',
  title: 'Whoever starts the build chooses the base image',
  severity: 'low',
  references: [documentation('understand-how-arg-and-from-interact')],
  rationale:
    'An argument without a default in FROM means that the file does not say what the image is built on: no review of it can, and a job that is given other arguments builds another image.',
  remediation: 'Give the argument a default that is pinned, and let arguments choose at most the tag.',
  controls: ['CM-2', 'SR-3'],
  examples: {
    pass: ['ARG VERSION=12\nFROM debian:$VERSION\n', 'FROM --platform=$BUILDPLATFORM golang:1.23\n'],
    fail: ['ARG BASE\nFROM $BASE\n'],
  },
  *evaluate(dockerfile) {
    for (const { base } of imageStages(dockerfile)) {
      const name = base.word.unknown.find((one) => base.repository.includes(one) && !isPlatform(one));
      if (name !== undefined)
        yield hitAt(dockerfile, base.word, `the argument ${name} alone decides what ${base.word.raw} is`);
    }
  },
});

/** Set by the builder for the platform that is built for, not by a person. */
function isPlatform(name: string): boolean {
  return /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/.test(name);
}

const platform = dockerfileCheck({
  id: 'dockerfile-base-platform',
  title: 'A base image is fixed to one platform',
  severity: 'info',
  references: [documentation('from'), hadolint('DL3029')],
  aliases: ['DL3029'],
  rationale:
    'On other machines the image is built for a platform that was not asked for, and runs in an emulator or not at all.',
  remediation: 'Leave `--platform` out, or give it `$BUILDPLATFORM` or `$TARGETPLATFORM`.',
  controls: ['CM-6'],
  examples: {
    pass: ['FROM --platform=$BUILDPLATFORM golang:1.23\n', 'FROM debian:12\n'],
    fail: ['FROM --platform=linux/amd64 debian:12\n'],
  },
  *evaluate(dockerfile) {
    for (const { from } of dockerfile.stages) {
      const flag = from.flags.find(({ name }) => name === 'platform');
      if (flag?.value && !flag.isUnknown)
        yield hitAt(dockerfile, flag, `--platform=${flag.value} holds on every machine`);
    }
  },
});

const duplicateStage = dockerfileCheck({
  id: 'dockerfile-stage-name-duplicate',
  title: 'Two build stages have the same name',
  severity: 'high',
  references: [documentation('from'), hadolint('DL3024')],
  aliases: ['DS-0012', 'DL3024'],
  rationale:
    'A name stands for the stage above that bears it last: files are copied from another stage than the one that was meant.',
  remediation: 'Give each stage a name of its own.',
  controls: ['CM-6'],
  examples: {
    pass: ['FROM debian:12 AS a\nFROM debian:12 AS b\n'],
    fail: ['FROM debian:12 AS build\nFROM debian:12 AS Build\n'],
  },
  *evaluate(dockerfile) {
    const seen = new Set<string>();
    for (const { name, from } of dockerfile.stages) {
      if (name === undefined) continue;
      if (seen.has(name)) yield hitAt(dockerfile, from, `another stage above is named ${name} too`);
      seen.add(name);
    }
  },
});

const unusedStage = dockerfileCheck({
  id: 'dockerfile-stage-unused',
  title: 'A build stage gives nothing to the image',
  severity: 'info',
  references: ['https://docs.docker.com/build/building/multi-stage/'],
  rationale:
    'What no later stage uses is not built at all unless it is asked for by name: tests or checks in it are silently left out.',
  remediation: 'Copy from it, build it in the pipeline with `--target`, or take it out.',
  controls: ['CM-7'],
  examples: {
    pass: [
      'FROM golang:1.23 AS build\nFROM scratch\nCOPY --from=build /a /a\n',
      'FROM a:1\nFROM b:1\nRUN --mount=type=bind,from=0,target=/x true\n',
    ],
    fail: ['FROM golang:1.23 AS test\nRUN go test ./...\nFROM golang:1.23\nRUN go build\n'],
  },
  *evaluate(dockerfile) {
    // `FROM $TARGETOS`: which stage that is, is known to whoever builds.
    if (choosesStage(dockerfile)) return;
    const used = usedStages(dockerfile);
    for (const { index, name, from } of dockerfile.stages) {
      if (!used.has(index))
        yield hitAt(dockerfile, from, `nothing of the stage ${name ?? index} is used by the last one`);
    }
  },
});

function choosesStage({ stages, instructions }: Dockerfile): boolean {
  const isBase = stages.some(({ base }) => base.kind === 'image' && base.word.unknown.length > 0);
  return isBase || instructions.some(({ flags }) => flags.some(({ name, isUnknown }) => name === 'from' && isUnknown));
}

/** Stages that the last one needs, found backwards: a stage uses only those above it. */
function usedStages(dockerfile: Dockerfile): ReadonlySet<number> {
  const used = new Set<number>();
  const names = new Map(dockerfile.stages.map(({ name, index }) => [name ?? `${index}`, index]));
  const last = lastStage(dockerfile);
  if (last) used.add(last.index);
  for (const stage of dockerfile.stages.toReversed()) {
    if (!used.has(stage.index)) continue;
    if (stage.base.kind === 'stage') used.add(stage.base.stage);
    for (const source of sourcesIn(stage)) {
      const index = names.get(source.toLowerCase()) ?? (/^\d{1,4}$/.test(source) ? Number(source) : -1);
      if (index < stage.index) used.add(index);
    }
  }
  return used;
}

function sourcesIn({ instructions }: Stage): string[] {
  return instructions.flatMap(({ flags }) =>
    flags.flatMap(({ name, value = '' }) => {
      if (name === 'from') return [value];
      const [, from] = name === 'mount' ? (/(?:^|,)from=([^,]{1,200})/.exec(value) ?? []) : [];
      return from === undefined ? [] : [from];
    }),
  );
}

const syntax = dockerfileCheck({
  id: 'dockerfile-syntax-unpinned',
  title: 'The frontend that reads the Dockerfile is not pinned',
  severity: 'low',
  references: [documentation('syntax'), 'https://docs.docker.com/build/buildkit/frontend/'],
  rationale:
    'The frontend is a program from a registry that sees everything in the build. One that moves freely, or is not the usual one, can change every image.',
  remediation:
    'Use `docker/dockerfile:1`, best with its digest, or leave the line out; pin any other frontend by digest.',
  controls: ['SR-3', 'SI-7'],
  examples: {
    pass: ['# syntax=docker/dockerfile:1\nFROM debian:12\n', 'FROM debian:12\n'],
    fail: ['# syntax=docker/dockerfile:latest\nFROM debian:12\n', '# syntax=acme/frontend:2\nFROM debian:12\n'],
  },
  evaluate(dockerfile): CheckHit[] | { notApplicable: string } {
    const { syntax: line } = dockerfile;
    if (!line) return { notApplicable: 'it asks for no frontend' };
    const isUsual = /^(?:docker\.io\/)?docker\/dockerfile:(?!latest$|master$)[\w.-]{1,128}$/.test(line.value);
    if (isUsual || line.value.includes('@sha256:')) return [];
    return [hitAt(dockerfile, line, `the frontend ${line.value} is not pinned`)];
  },
});

export const baseImageChecks = [latest, digest, endOfLife, argument, platform, duplicateStage, unusedStage, syntax];

import type { Control } from '../control.ts';
import { checks } from './evidence.ts';
import { dockerfile } from './proof.ts';

export const buildBaseControls: readonly Control[] = [
  {
    id: 'PLM-BUILD-BASE-TAG',
    family: 'build',
    title: 'Base images are named with a version',
    anchors: ['CM-2', 'SR-4'],
    why: 'Without a version the same Dockerfile gives another image tomorrow, and nobody can say what is in the one that runs.',
    attack:
      "Whoever takes over a publisher's account moves `latest` to an image of theirs, and every next build brings it in.",
    remedy: 'Name a version in each FROM: `debian:13.1-slim` instead of `debian` or `debian:latest`.',
    evidence: [checks('dockerfile-base-latest')],
    proofs: [dockerfile('FROM registry.example.net/base/node', 'FROM registry.example.net/base/node:24.11.1')],
  },
  {
    id: 'PLM-BUILD-BASE-DIGEST',
    family: 'build',
    title: 'Base images are pinned to a digest',
    anchors: ['SI-7', 'SR-4'],
    why: 'A tag is a name that its owner can move; a digest is the content itself.',
    attack: 'An attacker with access to a registry puts other content behind a tag that everybody trusts.',
    remedy: 'Write the digest behind the tag, `image:tag@sha256:…`, and let a tool renew it in reviewed changes.',
    evidence: [checks('dockerfile-base-digest', 'dockerfile-copy-from-image')],
    proofs: [
      dockerfile(
        'FROM alpine:3.22.2\nCOPY --from=registry.example.net/tools/jq:1.8.1 /jq /usr/bin/jq',
        `FROM alpine:3.22.2@sha256:${'4b7ce07002c69e8f'.repeat(4)}\nCOPY --from=registry.example.net/tools/jq@sha256:${'8c1f0b2a99d3e457'.repeat(4)} /jq /usr/bin/jq`,
      ),
    ],
  },
  {
    id: 'PLM-BUILD-BASE-FIXED',
    family: 'build',
    title: 'The Dockerfile itself says which base image is used',
    anchors: ['CM-2', 'SR-3'],
    why: 'When an argument chooses the base, reading the Dockerfile no longer tells what the image stands on.',
    attack: 'Whoever can set a build argument in the pipeline swaps the base without touching the source.',
    remedy: 'Write the image into FROM, or give the argument a full default and let the pipeline not override it.',
    evidence: [checks('dockerfile-base-argument')],
    proofs: [dockerfile('ARG PARENT\nFROM $PARENT', 'ARG RELEASE=24.11.1\nFROM node:$RELEASE')],
  },
  {
    id: 'PLM-BUILD-FRONTEND-PINNED',
    family: 'build',
    title: 'The frontend that reads a Dockerfile is pinned',
    anchors: ['SI-7', 'SR-3'],
    why: 'The line `# syntax=` names a program that reads the Dockerfile and decides what the build does.',
    attack: 'A frontend behind a moving tag can be replaced by one that adds steps which no Dockerfile shows.',
    remedy: 'Pin the frontend to a version and its digest, or leave the line out.',
    evidence: [checks('dockerfile-syntax-unpinned')],
    proofs: [
      dockerfile(
        '# syntax=registry.example.net/frontends/dockerfile\nFROM alpine:3.22.2',
        '# syntax=docker/dockerfile:1.19\nFROM alpine:3.22.2',
      ),
    ],
  },
  {
    id: 'PLM-BUILD-UNAMBIGUOUS',
    family: 'build',
    title: 'Build instructions do what they seem to say',
    anchors: ['CM-2', 'CM-6', 'CM-8', 'SR-3'],
    why: 'Instructions that are overridden, waited for or read in two ways give images that nobody meant.',
    attack: 'What reviewers do not understand they do not question: an odd line is a good place to hide something.',
    remedy:
      'Write each instruction once, name stages once, use absolute directories, and let package managers answer themselves.',
    evidence: [
      checks(
        'dockerfile-base-platform',
        'dockerfile-stage-name-duplicate',
        'dockerfile-copy-from-self',
        'dockerfile-copy-from-unknown',
        'dockerfile-copy-destination',
        'dockerfile-useradd-log',
        'dockerfile-apt-get-yes',
        'dockerfile-apt',
        'dockerfile-package-manager-yes',
        'dockerfile-expose-invalid',
        'dockerfile-maintainer',
        'dockerfile-cmd-repeated',
        'dockerfile-entrypoint-repeated',
        'dockerfile-healthcheck-repeated',
        'dockerfile-workdir-relative',
        'dockerfile-run-cd',
      ),
    ],
    proofs: [
      dockerfile(
        `FROM --platform=linux/arm64 node:24.11.1 AS deps
MAINTAINER Billing <billing@example.net>
FROM node:24.11.1 AS deps
COPY --from=deps /srv /srv
COPY --from=dpes /opt /opt
COPY package.json package-lock.json /srv/app
FROM node:24.11.1-slim AS last
COPY --from=last /mnt /mnt
WORKDIR srv
RUN cd /srv/app
RUN useradd --uid 3000000 billing
RUN apt-get update && apt-get install jq
RUN apt update && apt install -y jq
RUN dnf install jq
EXPOSE 70000
HEALTHCHECK CMD ["/srv/alive"]
HEALTHCHECK CMD ["/srv/ready"]
ENTRYPOINT ["/srv/one"]
ENTRYPOINT ["/srv/two"]
CMD ["--first"]
CMD ["--second"]`,
        `FROM node:24.11.1 AS deps
WORKDIR /srv/app
COPY package.json package-lock.json /srv/app/
FROM node:24.11.1-slim
LABEL org.opencontainers.image.authors="Billing <billing@example.net>"
COPY --from=deps /srv/app /srv/app
RUN useradd --no-log-init --uid 3000000 billing
RUN apt-get update && apt-get install -y jq
EXPOSE 7000
HEALTHCHECK CMD ["/srv/alive"]
ENTRYPOINT ["/srv/one"]
CMD ["--first"]`,
      ),
    ],
  },
  {
    id: 'PLM-BUILD-TOOLS-LEFT-BEHIND',
    family: 'build',
    title: 'Tools of the build do not get into the image',
    anchors: ['CM-7'],
    why: 'Compilers and package managers in a running container are of use to an intruder, and add vulnerabilities to mend.',
    attack: 'An intruder builds exploits in the container itself instead of having to bring programs in.',
    remedy: 'Build in one stage and copy only the result into a small last stage.',
    evidence: [checks('dockerfile-build-tools', 'dockerfile-stage-unused')],
    proofs: [
      dockerfile(
        'FROM golang:1.25.4 AS lint\nRUN go vet ./...\nFROM debian:13.1-slim\nRUN apt-get update && apt-get install -y gcc make',
        'FROM golang:1.25.4 AS build\nRUN go build -o /out ./...\nFROM debian:13.1-slim\nCOPY --from=build /out /usr/bin/invoices',
      ),
    ],
  },
];

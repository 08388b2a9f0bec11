import type { Control } from '../control.ts';
import { checks, statement } from './evidence.ts';
import { dockerfile, imageHistory, instructions, services } from './proof.ts';

export const buildControls: readonly Control[] = [
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
  {
    id: 'PLM-BUILD-COPY-NOT-ADD',
    family: 'build',
    title: 'Files are copied with COPY, not ADD',
    anchors: ['CM-6', 'CM-7'],
    why: 'ADD also unpacks archives and fetches URLs, so that a plain-looking line may do much more.',
    attack: 'A file that turns into an archive is unpacked over the files of the image.',
    remedy: 'Use COPY for files of the context; keep ADD for archives that are meant to be unpacked.',
    evidence: [checks('dockerfile-add-instead-of-copy')],
    proofs: [instructions('ADD settings.toml /etc/invoices/', 'COPY settings.toml /etc/invoices/')],
  },
  {
    id: 'PLM-BUILD-DOWNLOAD-VERIFIED',
    family: 'build',
    title: 'What a build downloads is checked against a checksum or a signature',
    anchors: ['SI-7', 'SR-4'],
    why: 'A download without a checksum is whatever the server, or somebody in between, gives at that minute.',
    attack: 'Whoever takes over a download server or its domain gets a program of theirs into the image.',
    remedy:
      'Compare each download with a checksum or signature that stands in the Dockerfile, such as `ADD --checksum`.',
    evidence: [checks('dockerfile-add-remote-unverified', 'dockerfile-download-unverified', 'image-config-add-remote')],
    proofs: [
      instructions(
        'ADD https://downloads.example.net/jq /usr/bin/jq\nRUN curl -fsSLO https://downloads.example.net/yq.tar.gz && tar -xf yq.tar.gz -C /usr',
        `ADD --checksum=sha256:${'1e45bafb00d17c29'.repeat(4)} https://downloads.example.net/jq /usr/bin/jq\nRUN curl -fsSLO https://downloads.example.net/yq.tar.gz && echo "$YQ_SUM  yq.tar.gz" | sha256sum --check && tar -xf yq.tar.gz -C /usr`,
      ),
      imageHistory(['ADD https://downloads.example.net/jq /usr/bin/jq # buildkit'], ['COPY jq /usr/bin/jq # buildkit']),
    ],
  },
  {
    id: 'PLM-BUILD-NO-PIPE-TO-SHELL',
    family: 'build',
    title: 'No script from the network is run unseen',
    anchors: ['SI-7', 'SR-4', 'SR-11'],
    why: "A script that goes from the network into a shell is run by nobody's decision but its server's.",
    attack:
      'Servers can tell pipes from downloads and give other content to each, so that looking at the script shows nothing.',
    remedy: 'Download to a file, verify its checksum, then run it; or install a package.',
    evidence: [checks('dockerfile-pipe-to-shell', 'image-config-pipe-to-shell')],
    proofs: [
      instructions(
        'RUN wget -qO- https://downloads.example.net/setup | bash',
        'RUN apt-get update && apt-get install -y --no-install-recommends jq',
      ),
      imageHistory(
        ['RUN /bin/sh -c wget -qO- https://downloads.example.net/setup | bash # buildkit'],
        ['RUN /bin/sh -c sh /src/setup.sh # buildkit'],
      ),
    ],
  },
  {
    id: 'PLM-BUILD-DOWNLOAD-ENCRYPTED',
    family: 'build',
    title: 'Builds download over encrypted connections',
    anchors: ['SC-8', 'SI-7'],
    why: 'What comes over plain HTTP can be read and changed on its way.',
    attack: 'Somebody in the network of the build answers in place of the server and sends a program of theirs.',
    remedy: 'Use `https://` addresses, and package repositories that sign what they hold.',
    evidence: [checks('dockerfile-download-plaintext')],
    proofs: [
      instructions(
        'RUN curl -fsSLO http://downloads.example.net/jq',
        'RUN curl -fsSLO https://downloads.example.net/jq',
      ),
    ],
  },
  {
    id: 'PLM-BUILD-TLS-VERIFIED',
    family: 'build',
    title: 'Builds check the certificates of the servers they download from',
    anchors: ['SC-8', 'SC-23', 'SI-7'],
    why: 'An encrypted connection to somebody unknown is no better than a plain one.',
    attack: 'With checks switched off, anybody between the build and the server can put in their own content.',
    remedy:
      'Remove options such as `-k` and `--no-check-certificate`; add the certificate authority that is missing instead.',
    evidence: [checks('dockerfile-tls-verification-off')],
    proofs: [
      instructions(
        'RUN wget --no-check-certificate https://downloads.example.net/jq',
        'RUN wget https://downloads.example.net/jq',
      ),
    ],
  },
  {
    id: 'PLM-BUILD-PACKAGE-SIGNATURES',
    family: 'build',
    title: 'Packages are installed only with a valid signature',
    anchors: ['CM-14', 'SI-7', 'SR-11'],
    why: "The signature is what makes a package the distribution's, whichever mirror it comes from.",
    attack: 'A mirror or somebody in the network gives changed packages, and nothing notices.',
    remedy:
      'Remove options such as `--allow-unauthenticated` and `--nogpgcheck`, and install the key of the repository.',
    evidence: [checks('dockerfile-package-signature-off')],
    proofs: [dockerfile('FROM fedora:43\nRUN dnf install -y --nogpgcheck jq', 'FROM fedora:43\nRUN dnf install -y jq')],
  },
  {
    id: 'PLM-BUILD-REPOSITORY-KEYS',
    family: 'build',
    title: 'Each package repository is trusted for its own key only',
    anchors: ['CM-14', 'SR-11'],
    why: 'A key that is trusted for everything lets one small repository replace packages of the distribution.',
    attack: 'Whoever gets hold of the key of a third-party repository signs a newer libc with it.',
    remedy: 'Put the key into a file of its own and name it with `signed-by` in the entry of its repository.',
    evidence: [checks('dockerfile-apt-key')],
    proofs: [
      instructions(
        'COPY vendor.asc /tmp/\nRUN apt-key add /tmp/vendor.asc',
        'COPY vendor.asc /etc/apt/keyrings/\nCOPY vendor.sources /etc/apt/sources.list.d/',
      ),
    ],
  },
  {
    id: 'PLM-BUILD-CONTEXT-LIMITED',
    family: 'build',
    title: 'Only the files that are needed are copied into images',
    anchors: ['CM-7', 'SC-28'],
    why: 'A copy of everything takes along what lies around: local settings, keys, test data.',
    attack: "Whoever gets the image searches it for files that were never meant to leave the developer's machine.",
    remedy: 'Name the directories to copy, and keep the rest out with `.dockerignore`.',
    evidence: [checks('dockerfile-copy-everything')],
    proofs: [instructions('COPY . /srv/app', 'COPY src/ /srv/app/src/')],
  },
  {
    id: 'PLM-BUILD-NO-HISTORY',
    family: 'build',
    title: 'The history of the source repository stays out of images',
    anchors: ['CM-7', 'SC-28'],
    why: 'The history of a repository holds everything that was ever in it, also what was deleted since.',
    attack: 'Secrets and unpublished source are read out of old commits in the image.',
    remedy: 'Leave `.git` out of the build context.',
    evidence: [checks('dockerfile-copy-version-control')],
    proofs: [instructions('COPY .git/ /srv/app/.git/', 'COPY src/ /srv/app/src/')],
  },
  {
    id: 'PLM-BUILD-UPDATE-WITH-INSTALL',
    family: 'build',
    title: 'Package lists are refreshed in the step that installs',
    anchors: ['CM-6', 'SI-2'],
    why: 'A step with the package lists alone is cached, and later steps install what was current long ago.',
    attack: 'Known holes stay in freshly built images, because the build used old lists.',
    remedy: 'Refresh lists and install in the same RUN.',
    evidence: [checks('dockerfile-apt-get-without-update', 'dockerfile-package-update-alone')],
    proofs: [
      instructions(
        'RUN apt-get update\nRUN apt-get install -y --no-install-recommends jq',
        'RUN apt-get update && apt-get install -y --no-install-recommends jq',
      ),
    ],
  },
  {
    id: 'PLM-BUILD-SYSTEM-PACKAGES-PINNED',
    family: 'build',
    title: 'System packages are installed in a known version',
    anchors: ['CM-2', 'SR-4'],
    why: 'Without versions a rebuild gives other packages, and what was tested is not what runs.',
    attack: 'A bad or hostile release of a package gets into the next build by itself.',
    remedy: 'Name versions, or build from a snapshot of the repository.',
    evidence: [checks('dockerfile-system-package-versions', 'dockerfile-dist-upgrade')],
    proofs: [
      instructions(
        'RUN apt-get update && apt-get dist-upgrade -y && apt-get install -y jq',
        'RUN apt-get update && apt-get install -y jq=1.7.1-6',
      ),
    ],
  },
  {
    id: 'PLM-BUILD-DEPENDENCIES-PINNED',
    family: 'build',
    title: 'Dependencies of programs are installed in locked versions',
    anchors: ['CM-2', 'SI-7', 'SR-4'],
    why: 'Dependencies in whatever version there is change between two builds of the same source.',
    attack: 'A taken-over package publishes a new version, and builds pick it up within minutes.',
    remedy: 'Install from a lock file with hashes (`npm ci`, `pip --require-hashes`), and clone a named commit.',
    evidence: [
      checks(
        'dockerfile-pip-versions',
        'dockerfile-npm-versions',
        'dockerfile-gem-versions',
        'dockerfile-program-versions',
        'dockerfile-lockfile-ignored',
        'dockerfile-git-clone-unpinned',
      ),
    ],
    proofs: [
      dockerfile(
        `FROM node:24.11.1
RUN npm install
RUN npm install -g serve
RUN pip install requests
RUN gem install rake
RUN go install example.net/tools/lint@latest
RUN git clone https://git.example.net/shared.git`,
        `FROM node:24.11.1
RUN npm ci
RUN npm install -g serve@14.2.5
RUN pip install requests==2.32.5
RUN gem install rake:13.3.0
RUN go install example.net/tools/lint@v1.9.0
RUN git clone --branch v3.1.0 https://git.example.net/shared.git`,
      ),
    ],
  },
  {
    id: 'PLM-BUILD-SANDBOXED',
    family: 'build',
    title: 'Build steps run inside the sandbox of the build',
    anchors: ['AC-6', 'CM-7', 'SC-39', 'SR-3'],
    why: 'A build step outside of the sandbox has the rights of the build host.',
    attack:
      'A poisoned dependency that runs in the build takes over the builder, and with it all images that come from it.',
    remedy: 'Remove `--security=insecure` and privileged builds; give steps only what they need.',
    evidence: [checks('dockerfile-run-insecure', 'compose-build-host-access')],
    proofs: [
      instructions('RUN --security=insecure ./configure', 'RUN ./configure'),
      services('build:\n  context: .\n  privileged: true', 'build:\n  context: .'),
    ],
  },
  {
    id: 'PLM-BUILD-NO-HOST-NETWORK',
    family: 'build',
    title: 'Build steps do not use the network of the build host',
    anchors: ['AC-4', 'SC-7'],
    why: 'On the network of the host a build step reaches services that are meant for the host alone.',
    attack: 'A script of a dependency talks to the engine, to metadata services or to other builds.',
    remedy: 'Leave the network of build steps at its default, or `none`.',
    evidence: [checks('dockerfile-run-host-network')],
    proofs: [instructions('RUN --network=host ./fetch.sh', 'RUN --network=none ./configure')],
  },
  {
    id: 'PLM-BUILD-NO-SUDO',
    family: 'build',
    title: 'Build steps do not use sudo',
    anchors: ['AC-6', 'CM-7'],
    why: 'Build steps already run as the user that is set; sudo in them hides who does what.',
    attack: 'Installed for the build, sudo stays in the image and helps an intruder to become root.',
    remedy: 'Switch with USER to root for the steps that need it and back again, and do not install sudo.',
    evidence: [checks('dockerfile-run-sudo', 'image-config-sudo')],
    proofs: [
      instructions('RUN sudo mkdir /data', 'RUN mkdir /data'),
      imageHistory(['RUN /bin/sh -c sudo mkdir /data # buildkit'], ['RUN /bin/sh -c mkdir /data # buildkit']),
    ],
  },
  {
    id: 'PLM-BUILD-ERRORS-STOP',
    family: 'build',
    title: 'A failing part of a build step stops the build',
    anchors: ['CM-6', 'SI-7'],
    why: 'In a pipe only the last command counts, so that a failed download or check goes unnoticed.',
    attack: 'Whoever makes a verification fail gets an image without it.',
    remedy: 'Set `SHELL ["/bin/bash", "-o", "pipefail", "-c"]`, or avoid pipes.',
    evidence: [checks('dockerfile-pipefail')],
    proofs: [
      instructions(
        'RUN curl -fsSL https://downloads.example.net/list.gz | gunzip > /srv/list',
        'SHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN curl -fsSL https://downloads.example.net/list.gz | gunzip > /srv/list',
      ),
    ],
  },
  {
    id: 'PLM-BUILD-SERVICE',
    family: 'build',
    title: 'Images that run in production are built by a controlled build service',
    anchors: ['CM-3', 'SA-10', 'SR-3'],
    why: 'An image from a workstation holds whatever was on that workstation, and nobody can rebuild it.',
    attack: "An attacker on one developer's machine changes images before they are pushed.",
    remedy: 'Build in a service with clean runners, from reviewed source, and let nothing else push to production.',
    evidence: [
      statement(
        'Are all images for production built by a build service that only its operators can change, and never on a workstation?',
      ),
    ],
    proofs: [],
  },
  {
    id: 'PLM-BUILD-GATE',
    family: 'build',
    title: 'Images with serious findings do not leave the build',
    anchors: ['SA-11', 'SI-2', 'RA-5'],
    why: 'Findings that stop nothing are read by nobody until something happens.',
    attack: 'Attackers use known holes that were in a report before the image was released.',
    remedy: 'Run the scan in the pipeline with a policy, and let it fail the build.',
    evidence: [
      statement('Does the pipeline stop an image that breaks the vulnerability, secret or configuration policy?'),
    ],
    proofs: [],
  },
  {
    id: 'PLM-BUILD-SOURCE-REVIEWED',
    family: 'build',
    title: 'Changes to build instructions and manifests are reviewed before they are used',
    anchors: ['CM-3', 'SA-10', 'SA-11'],
    why: 'Dockerfiles, manifests and pipelines decide what runs in production as much as the program does.',
    attack: 'One stolen account adds one line to a pipeline, and the next release carries it.',
    remedy: 'Protect the branches, ask for a review by somebody else, and name owners for these files.',
    evidence: [
      statement(
        'Does a second person review every change to Dockerfiles, manifests and pipelines before it takes effect?',
      ),
    ],
    proofs: [],
  },
];

import type { Control } from '../control.ts';
import { checks } from './evidence.ts';
import { dockerfile, imageHistory, instructions } from './proof.ts';

export const buildSourcesControls: readonly Control[] = [
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
];

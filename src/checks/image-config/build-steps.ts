import type { Command } from '../dockerfile/index.ts';
import { scriptsFromNetwork } from '../dockerfile/index.ts';
import { example, hitAtStep, imageConfigCheck } from './image-config-check.ts';
import { stepsOf } from './steps.ts';

const addRemote = imageConfigCheck({
  id: 'image-config-add-remote',
  title: 'A build step added what a URL gave',
  severity: 'medium',
  references: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
  aliases: ['CIS-DI-0009'],
  rationale:
    'Whoever owned the server at that time decided what came into the image; unless a checksum was given, nothing tells what it was.',
  remediation: 'Give `--checksum=sha256:…` in the Dockerfile, or copy a file that is kept with it.',
  controls: ['SI-7', 'SR-4'],
  examples: {
    pass: [example({}, ['/bin/sh -c #(nop) ADD file:ab12 in / ', 'ADD rootfs.tar.xz / # buildkit'])],
    fail: [example({}, ['ADD https://example.com/a.tar.gz /opt/ # buildkit'])],
  },
  *evaluate({ config }) {
    for (const { keyword, text, number } of stepsOf(config)) {
      const isRemote =
        keyword === 'ADD' && /(?:^|\s)(?:https?|ftp|git):\/\//i.test(text) && !text.includes('--checksum');
      if (isRemote) yield hitAtStep(number, `step ${number} adds a URL`);
    }
  },
});

/** What runs, short enough for a message. Words may hold secrets; programs do not. */
function programs(commands: readonly Command[]): string {
  return commands.map(({ program }) => program.slice(0, 40)).join(', ');
}

const pipeToShell = imageConfigCheck({
  id: 'image-config-pipe-to-shell',
  title: 'A build step ran a script from the network',
  severity: 'high',
  references: ['https://cwe.mitre.org/data/definitions/494.html'],
  rationale:
    'Whoever owned the server, or the way to it, ran commands in the build. What was run cannot be told afterwards.',
  remediation: 'Save the script in the Dockerfile, compare its checksum or signature, then run it.',
  controls: ['SI-7', 'SR-4', 'SR-11'],
  examples: {
    pass: [example({}, ['RUN /bin/sh -c curl -fsSL https://example.com/a.tgz | tar xz # buildkit'])],
    fail: [
      example({}, ['RUN |1 V=2 /bin/sh -c curl -fsSL https://example.com/a | bash # buildkit']),
      example({}, ['/bin/sh -c wget -qO- https://example.com/a | sh']),
    ],
  },
  *evaluate({ config }) {
    for (const { commands, number } of stepsOf(config)) {
      const found = [...scriptsFromNetwork(commands)];
      if (found.length > 0) yield hitAtStep(number, `step ${number}: ${programs(found)} ran what was fetched`);
    }
  },
});

const sudo = imageConfigCheck({
  id: 'image-config-sudo',
  title: 'A build step installed or used sudo',
  severity: 'medium',
  references: ['https://docs.docker.com/build/building/best-practices/#user'],
  rationale: 'With sudo in the image, and a user who may use it without a password, an attacker is root with one word.',
  remediation: 'Switch users with `USER` in the Dockerfile and leave sudo out of the image.',
  controls: ['AC-6', 'CM-7'],
  examples: {
    pass: [example({}, ['RUN /bin/sh -c echo sudo # buildkit'])],
    fail: [
      example({}, ['/bin/sh -c apt-get install -y sudo']),
      example({}, ['RUN /bin/sh -c sudo make install # buildkit']),
    ],
  },
  *evaluate({ config }) {
    for (const { commands, number } of stepsOf(config)) {
      if (commands.some(isSudo)) yield hitAtStep(number, `step ${number} installs or uses sudo`);
    }
  },
});

function isSudo({ program, wrappers, arguments: words }: Command): boolean {
  if (program === 'sudo' || wrappers.includes('sudo')) return true;
  return /^(?:apt|apt-get|apk|yum|dnf|microdnf|zypper)$/.test(program) && words.some(({ value }) => value === 'sudo');
}

const MAX_AGE_DAYS = 365;
const DAY_MS = 24 * 60 * 60 * 1000;

const age = imageConfigCheck({
  id: 'image-config-age',
  title: 'The image was built more than a year ago',
  severity: 'low',
  references: ['https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often'],
  rationale: 'Updates of the base image and its packages since then are not in it.',
  remediation: 'Build and deploy the image anew, regularly, with a current base image.',
  controls: ['SI-2', 'CM-3'],
  examples: {
    pass: [example({}, [], '2026-11-01T00:00:00Z'), example({}, [], '1980-01-01T00:00:00Z'), example({})],
    fail: [example({}, [], '2025-01-01T12:00:00Z')],
  },
  evaluate({ config, today }) {
    const created = Date.parse(config.created ?? '');
    const days = Math.floor((Date.parse(today) - created) / DAY_MS);
    // Builds that are reproducible say a fixed day of long ago, before there were containers.
    if (Number.isNaN(days) || created < Date.parse('2013-01-01'))
      return { notApplicable: 'it does not say when it was built' };
    return days > MAX_AGE_DAYS ? [hitAtStep(Math.max(1, config.history.length), `it was built ${days} days ago`)] : [];
  },
});

const labels = imageConfigCheck({
  id: 'image-config-labels-missing',
  title: 'The image does not say what it was made from',
  severity: 'info',
  references: ['https://specs.opencontainers.org/image-spec/annotations/'],
  rationale: 'When something is found in a running image, nobody can tell from it which repository and commit to mend.',
  remediation:
    'Build the image with the labels `org.opencontainers.image.source` and `org.opencontainers.image.revision`.',
  controls: ['CM-8', 'SR-4'],
  examples: {
    pass: [
      example({
        Labels: {
          'org.opencontainers.image.source': 'https://example.com/a',
          'org.opencontainers.image.revision': '1f0c4e2',
        },
      }),
    ],
    fail: [example({}), example({ Labels: { 'org.opencontainers.image.source': 'https://example.com/a' } })],
  },
  *evaluate({ config }) {
    const names = new Set(Object.keys(config.labels));
    const missing = ['source', 'revision'].filter((name) => !names.has(`org.opencontainers.image.${name}`));
    if (missing.length > 0)
      yield hitAtStep(Math.max(1, config.history.length), `no label org.opencontainers.image.${missing.join(' and ')}`);
  },
});

export const buildStepChecks = [addRemote, pipeToShell, sudo, age, labels];

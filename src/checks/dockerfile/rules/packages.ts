import { appendCommand } from '../append.ts';
import { bestPractices, dockerfileCheck, hadolint, hitAt, quoted } from '../rule.ts';
import { hasOption } from '../shell/options.ts';
import { allSteps, deletes, insertBehind, installs, isMounted, shippedSteps } from './package-steps.ts';

const updateAlone = dockerfileCheck({
  id: 'dockerfile-package-update-alone',
  title: 'Package lists are fetched in a step of their own',
  severity: 'medium',
  references: [`${bestPractices}#apt-get`],
  aliases: ['DS-0017'],
  rationale:
    'The step stays in the build cache: later installs take packages by lists of long ago, without the security updates since.',
  remediation: 'Fetch the lists and install in the same `RUN`.',
  controls: ['SI-2', 'CM-6'],
  examples: {
    pass: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      'FROM alpine:3.22\nRUN apk add --no-cache curl\n',
    ],
    fail: ['FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n', 'FROM alpine:3.22\nRUN apk update\n'],
  },
  *evaluate(dockerfile) {
    for (const { commands } of allSteps(dockerfile)) {
      const update = commands.find(({ isUpdate }) => isUpdate);
      if (!update || commands.some(({ isUpdate, manager }) => !isUpdate && family(manager) === family(update.manager)))
        continue;
      yield hitAt(
        dockerfile,
        update.command,
        `${quoted(dockerfile, update.command)} and nothing is installed in the step`,
      );
    }
  },
});

function family(manager: string): string {
  return /^apt/.test(manager) ? 'apt' : manager;
}

const distUpgrade = dockerfileCheck({
  id: 'dockerfile-dist-upgrade',
  title: 'A step upgrades to another release',
  severity: 'low',
  references: [hadolint('DL3005')],
  aliases: ['DS-0024', 'DL3005'],
  rationale: 'The image no longer is what its base says: packages come and go with the day of the build.',
  remediation: 'Take a newer base image; for security updates of the release `apt-get upgrade` is enough.',
  controls: ['CM-2'],
  examples: {
    pass: ['FROM debian:12\nRUN apt-get update && apt-get upgrade -y\n'],
    fail: [
      'FROM debian:12\nRUN apt-get update && apt-get -y dist-upgrade\n',
      'FROM debian:12\nRUN apt full-upgrade -y\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { commands } of allSteps(dockerfile)) {
      for (const { command, verb } of commands) {
        if (/^(?:dist-upgrade|full-upgrade|distro-sync|dup)$/.test(verb.value))
          yield hitAt(dockerfile, command, quoted(dockerfile, command));
      }
    }
  },
});

const apkCache = dockerfileCheck({
  id: 'dockerfile-apk-cache',
  title: 'apk add keeps its index in the image',
  severity: 'low',
  references: [hadolint('DL3019'), 'https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
  aliases: ['DS-0025', 'DL3019'],
  rationale: 'The index makes the image larger and grows old in it.',
  remediation: 'Add `--no-cache` behind the verb.',
  controls: ['CM-7'],
  examples: {
    pass: [
      'FROM alpine:3.22\nRUN apk add --no-cache curl\n',
      'FROM alpine:3.22\nRUN apk add curl && rm -rf /var/cache/apk/*\n',
      'FROM alpine:3.22\nRUN --mount=type=cache,target=/var/cache/apk apk add curl\n',
    ],
    fail: ['FROM alpine:3.22\nRUN apk update && apk add curl\n'],
  },
  *evaluate(dockerfile) {
    for (const { run, commands } of shippedSteps(dockerfile)) {
      if (isMounted(run, '/var/cache/apk') || deletes(run, '/var/cache/apk')) continue;
      for (const { command, verb } of installs(commands, 'apk')) {
        if (hasOption(command.arguments, '--no-cache')) continue;
        yield hitAt(
          dockerfile,
          command,
          `${quoted(dockerfile, command)} without --no-cache`,
          insertBehind(command, verb, ' --no-cache'),
        );
      }
    }
  },
});

interface CacheRule {
  readonly manager: string;
  readonly names: readonly string[];
  readonly aliases: readonly string[];
  readonly clean: string;
  readonly directory: string;
}

/** A check for each manager that keeps what it downloads unless it is told to clean up. */
function cacheCheck({ manager, names, aliases, clean, directory }: CacheRule) {
  return dockerfileCheck({
    id: `dockerfile-${manager}-cache`,
    title: `${manager} leaves its cache in the image`,
    severity: 'low',
    references: [bestPractices, ...aliases.filter((id) => id.startsWith('DL')).map(hadolint)],
    aliases,
    rationale: 'Lists and packages that were downloaded make the image larger and are of no use in it.',
    remediation: `Run \`${clean}\` in the same step, or mount a cache at \`${directory}\`.`,
    controls: ['CM-7'],
    examples: {
      pass: [
        `FROM base:1\nRUN ${manager} install -y curl && ${clean}\n`,
        `FROM base:1\nRUN --mount=type=cache,target=${directory} ${manager} install -y curl\n`,
      ],
      fail: [`FROM base:1\nRUN ${manager} install -y curl\n`],
    },
    *evaluate(dockerfile) {
      for (const { run, commands } of shippedSteps(dockerfile)) {
        const [first] = installs(commands, ...names);
        if (
          !first ||
          commands.some(({ verb, manager: name }) => names.includes(name) && /^(?:clean|cc)$/.test(verb.value))
        )
          continue;
        if (isMounted(run, directory) || deletes(run, directory)) continue;
        yield hitAt(
          dockerfile,
          first.command,
          `${quoted(dockerfile, first.command)} without ${clean}`,
          appendCommand(dockerfile, run, clean),
        );
      }
    },
  });
}

const cacheChecks = [
  cacheCheck({
    manager: 'yum',
    names: ['yum'],
    aliases: ['DS-0015', 'DL3032'],
    clean: 'yum clean all',
    directory: '/var/cache/yum',
  }),
  cacheCheck({
    manager: 'dnf',
    names: ['dnf', 'dnf5', 'tdnf'],
    aliases: ['DS-0019', 'DL3040'],
    clean: 'dnf clean all',
    directory: '/var/cache/dnf',
  }),
  cacheCheck({
    manager: 'microdnf',
    names: ['microdnf'],
    aliases: ['DS-0027', 'DL3040'],
    clean: 'microdnf clean all',
    directory: '/var/cache/yum',
  }),
  cacheCheck({
    manager: 'zypper',
    names: ['zypper'],
    aliases: ['DS-0020', 'DL3036'],
    clean: 'zypper clean --all',
    directory: '/var/cache/zypp',
  }),
];

const packageManagerYes = dockerfileCheck({
  id: 'dockerfile-package-manager-yes',
  title: 'A package manager waits for an answer',
  severity: 'medium',
  references: [hadolint('DL3030'), hadolint('DL3034'), hadolint('DL3038')],
  aliases: ['DL3030', 'DL3034', 'DL3038'],
  rationale: 'Nobody answers during a build: the step fails as soon as there is something to confirm.',
  remediation: 'Add `-y`; for zypper `--non-interactive` before the command.',
  controls: ['CM-6'],
  examples: {
    pass: ['FROM fedora:43\nRUN dnf install -y curl && yum -y install a && zypper -n in b\n'],
    fail: ['FROM fedora:43\nRUN dnf install curl\n', 'FROM opensuse/leap:15.6\nRUN zypper install curl\n'],
  },
  *evaluate(dockerfile) {
    for (const { commands } of allSteps(dockerfile)) {
      for (const { command, verb, manager } of installs(commands, 'yum', 'dnf', 'dnf5', 'tdnf', 'microdnf', 'zypper')) {
        const given = manager === 'zypper' ? ['-n', '--non-interactive', '-y', '--no-confirm'] : ['-y', '--assumeyes'];
        if (hasOption(command.arguments, ...given)) continue;
        yield hitAt(
          dockerfile,
          command,
          `${manager} ${verb.value} asks for confirmation`,
          insertBehind(command, verb, ' -y'),
        );
      }
    }
  },
});

const versions = dockerfileCheck({
  id: 'dockerfile-system-package-versions',
  title: 'System packages are installed in whatever version there is',
  severity: 'info',
  references: [bestPractices, hadolint('DL3008')],
  aliases: ['DL3008', 'DL3018', 'DL3033', 'DL3037', 'DL3041'],
  rationale:
    'Two builds of the same file give different images. Note that repositories drop old versions: pinning needs a snapshot or a mirror to go with it.',
  remediation: 'Pin the versions that matter (`name=version`), or build from a snapshot of the repository.',
  controls: ['CM-2', 'SR-4'],
  examples: {
    pass: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl=7.88.1-10\n',
      'FROM alpine:3.22\nRUN apk add --no-cache curl~=8 "$PACKAGES"\n',
      'FROM fedora:43\nRUN dnf install -y curl-8.9.1\n',
    ],
    fail: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      'FROM alpine:3.22\nRUN apk add --no-cache curl=8.14.1-r2 git\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { commands } of shippedSteps(dockerfile)) {
      for (const { command, operands, manager } of commands.filter(({ isInstall }) => isInstall)) {
        const free = operands.filter(({ value }) => !isPinned(value, manager));
        const names = free.slice(0, 4).map(({ value }) => value.slice(0, 40));
        if (free.length > 0)
          yield hitAt(
            dockerfile,
            command,
            `no version of ${names.join(', ')}${free.length > 4 ? ` and ${free.length - 4} more` : ''}`,
          );
      }
    }
  },
});

/** What cannot be told (variables, files) is taken for pinned. */
function isPinned(name: string, manager: string): boolean {
  if (/[=~<>$`*\\/]|\.(?:deb|rpm|apk)$/.test(name)) return true;
  // Of RPM the version is parted from the name by a hyphen.
  return !/^ap[tk]|^aptitude/.test(manager) && /-\d/.test(name);
}

const buildTools = dockerfileCheck({
  id: 'dockerfile-build-tools',
  title: 'Compilers and tools of the build stay in the image',
  severity: 'low',
  references: ['https://docs.docker.com/build/building/multi-stage/'],
  rationale:
    'An attacker inside of the container finds what is needed to build and fetch the next tool, and each package brings its vulnerabilities.',
  remediation: 'Build in a stage of its own and copy what it made; or delete the packages in the same step.',
  controls: ['CM-7'],
  examples: {
    pass: [
      'FROM debian:12 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM debian:12\nCOPY --from=build /a /a\n',
      'FROM debian:12\nRUN apt-get update && apt-get install -y gcc && make && apt-get purge -y gcc\n',
    ],
    fail: ['FROM debian:12\nRUN apt-get update && apt-get install -y build-essential git\n'],
  },
  *evaluate(dockerfile) {
    for (const { commands } of shippedSteps(dockerfile)) {
      const isRemoved = commands.some(({ verb }) => /^(?:remove|purge|autoremove|del|erase|rm)$/.test(verb.value));
      for (const { command, operands } of commands.filter(({ isInstall }) => isInstall && !isRemoved)) {
        const tools = operands.filter(({ value }) => buildTool.test(value));
        const isVirtual = hasOption(command.arguments, '--virtual', '-t') && command.program === 'apk';
        if (tools.length > 0 && !isVirtual)
          yield hitAt(
            dockerfile,
            command,
            `left in the image: ${tools
              .slice(0, 5)
              .map(({ value }) => value)
              .join(', ')}`,
          );
      }
    }
  },
});

const buildTool =
  /^(?:build-essential|build-base|gcc|g\+\+|clang|make|cmake|automake|autoconf|gdb|strace|git|golang|rustc|cargo|maven|gradle|gcc-c\+\+|netcat(?:-openbsd|-traditional)?|nmap(?:-ncat)?|tcpdump|telnet)(?:[=~-]\d.{0,60})?$/;

export const packageChecks = [
  updateAlone,
  distUpgrade,
  apkCache,
  ...cacheChecks,
  packageManagerYes,
  versions,
  buildTools,
];

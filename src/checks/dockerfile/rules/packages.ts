import type { CheckHit } from '../../check.ts';
import { appendCommand } from '../append.ts';
import type { Command, Dockerfile, Instruction, ShellWord } from '../document.ts';
import {
  bestPractices,
  dockerfileCheck,
  hadolint,
  hitAt,
  instructionsOf,
  quoted,
  shippedInstructions,
} from '../rule.ts';
import { hasOption } from '../shell/options.ts';
import { type PackageCommand, packageCommand } from '../shell/packages.ts';

interface StepPackages {
  readonly run: Instruction;
  readonly commands: readonly PackageCommand[];
}

function stepsOf(runs: readonly Instruction[]): StepPackages[] {
  return runs.flatMap((run) => {
    const commands = run.commands.flatMap((command) => packageCommand(command) ?? []);
    return commands.length === 0 ? [] : [{ run, commands }];
  });
}

const allSteps = (dockerfile: Dockerfile) => stepsOf(instructionsOf(dockerfile, 'RUN'));
const shippedSteps = (dockerfile: Dockerfile) => stepsOf(shippedInstructions(dockerfile, 'RUN'));

function installs(commands: readonly PackageCommand[], ...managers: readonly string[]): PackageCommand[] {
  return commands.filter(({ manager, isInstall }) => isInstall && managers.includes(manager));
}

function insertBehind({ isExact }: Command, { end }: ShellWord, text: string): Pick<CheckHit, 'fix'> {
  return isExact ? { fix: [{ start: end, end, text }] } : {};
}

/** Whether a cache or memory is mounted at a directory: what is written there is not in the image. */
function isMounted({ flags }: Instruction, directory: string): boolean {
  return flags.some(({ name, value = '' }) => {
    if (name !== 'mount' || !/(?:^|,)type=(?:cache|tmpfs)(?:,|$)/.test(value)) return false;
    const target = /(?:^|,)(?:target|dst|destination)=([^,]{1,300})/.exec(value)?.[1]?.replace(/\/$/, '') ?? '';
    return (
      target !== '' &&
      (directory === target || directory.startsWith(`${target}/`) || target.startsWith(`${directory}/`))
    );
  });
}

/** Whether the step deletes what is in a directory. */
function deletes({ commands }: Instruction, directory: string): boolean {
  return commands.some(({ program, arguments: words }) => {
    if (program !== 'rm' && program !== 'find') return false;
    return words.some(({ value }) => {
      const path = value.replace(/\/?(?:\*|\{.{0,100}\})?$/, '');
      return path === directory || directory.startsWith(`${path}/`) || path.startsWith(`${directory}/`);
    });
  });
}

const aptYes = dockerfileCheck({
  id: 'dockerfile-apt-get-yes',
  title: 'apt-get install waits for an answer',
  severity: 'medium',
  references: [hadolint('DL3014')],
  aliases: ['DS-0021', 'DL3014'],
  rationale: 'Nobody answers during a build: without `-y` the step fails as soon as there is something to confirm.',
  remediation: 'Add `-y` behind the verb.',
  controls: ['CM-6'],
  examples: {
    pass: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl && apt-get -qq install curl\n',
      'FROM debian:12\nRUN apt-get --assume-yes install curl\n',
    ],
    fail: [
      'FROM debian:12\nRUN apt-get update && apt-get install curl\n',
      'FROM debian:12\nRUN <<EOF\napt-get update\napt-get install curl\nEOF\n',
    ],
  },
  *evaluate(dockerfile) {
    const isSet = instructionsOf(dockerfile, 'RUN').some(({ commands }) =>
      commands.some(({ words }) => words.some(({ value }) => value.includes('APT::Get::Assume-Yes'))),
    );
    if (isSet) return;
    for (const { commands } of allSteps(dockerfile)) {
      for (const { command, verb, manager } of installs(commands, 'apt-get', 'apt')) {
        const words = command.arguments;
        const isQuiet = words.some(
          ({ value }) => value === '-qq' || /^-[a-z]{0,5}q[a-z]{0,5}q/.test(value) || value === '-q=2',
        );
        if (isQuiet || hasOption(words, '-y', '--yes', '--assume-yes', '--force-yes')) continue;
        yield hitAt(dockerfile, command, `${manager} ${verb.value} without -y`, insertBehind(command, verb, ' -y'));
      }
    }
  },
});

const aptRecommends = dockerfileCheck({
  id: 'dockerfile-apt-get-recommends',
  title: 'apt-get install brings recommended packages along',
  severity: 'low',
  references: [`${bestPractices}#apt-get`, hadolint('DL3015')],
  aliases: ['DS-0029', 'DL3015'],
  rationale: 'Packages that nobody asked for make the image larger and bring their vulnerabilities.',
  remediation: 'Add `--no-install-recommends` and name what turns out to be missing.',
  controls: ['CM-7'],
  examples: {
    pass: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n',
      'FROM debian:12 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM debian:12\n',
    ],
    fail: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl\n'],
  },
  *evaluate(dockerfile) {
    if (dockerfile.text.includes('APT::Install-Recommends')) return;
    for (const { commands } of shippedSteps(dockerfile)) {
      for (const { command, verb } of installs(commands, 'apt-get', 'apt', 'aptitude')) {
        if (hasOption(command.arguments, '--no-install-recommends', '--without-recommends', '-R')) continue;
        yield hitAt(
          dockerfile,
          command,
          `${quoted(dockerfile, command)} without --no-install-recommends`,
          insertBehind(command, verb, ' --no-install-recommends'),
        );
      }
    }
  },
});

const aptLists = dockerfileCheck({
  id: 'dockerfile-apt-lists',
  title: 'The lists of apt are left in the image',
  severity: 'low',
  references: [`${bestPractices}#apt-get`, hadolint('DL3009')],
  aliases: ['DL3009'],
  rationale: 'The lists make the image tens of megabytes larger, and a later install takes outdated packages by them.',
  remediation: 'Delete `/var/lib/apt/lists/*` in the same step, or mount a cache there.',
  controls: ['CM-7'],
  examples: {
    pass: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
      'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl\n',
    ],
    fail: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      'FROM debian:12\nRUN apt-get update \\\n    && apt-get install -y curl\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { run, commands } of shippedSteps(dockerfile)) {
      const update = commands.find(({ manager, isUpdate }) => isUpdate && /^apt/.test(manager));
      if (!update || isMounted(run, '/var/lib/apt/lists') || deletes(run, '/var/lib/apt/lists')) continue;
      const fix = appendCommand(dockerfile, run, 'rm -rf /var/lib/apt/lists/*');
      yield hitAt(
        dockerfile,
        update.command,
        `${quoted(dockerfile, update.command)} leaves its lists in the layer`,
        fix,
      );
    }
  },
});

const aptForPeople = dockerfileCheck({
  id: 'dockerfile-apt',
  title: 'apt is used in a script',
  severity: 'low',
  references: [
    'https://manpages.debian.org/bookworm/apt/apt.8.en.html#SCRIPT_USAGE_AND_DIFFERENCES_FROM_OTHER_APT_TOOLS',
    hadolint('DL3027'),
  ],
  aliases: ['DL3027'],
  rationale:
    'apt is made for people at a terminal, and what it does may change between releases; apt-get keeps to what scripts expect.',
  remediation: 'Write `apt-get`, or `apt-cache` for queries.',
  controls: ['CM-6'],
  examples: {
    pass: ['FROM debian:12\nRUN apt-get update\n'],
    fail: ['FROM debian:12\nRUN apt update && /usr/bin/apt install -y curl\n'],
  },
  *evaluate(dockerfile) {
    for (const { run } of allSteps(dockerfile)) {
      for (const command of run.commands.filter(({ program }) => program === 'apt')) {
        const name = command.words.find(({ value }) => value === 'apt');
        const isSame = /^(?:update|install|upgrade|remove|purge|autoremove|clean|autoclean)$/.test(
          packageCommand(command)?.verb.value ?? '',
        );
        const fix =
          name && isSame && command.isExact ? { fix: [{ start: name.start, end: name.end, text: 'apt-get' }] } : {};
        yield hitAt(dockerfile, command, quoted(dockerfile, command), fix);
      }
    }
  },
});

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

const installWithoutUpdate = dockerfileCheck({
  id: 'dockerfile-apt-get-without-update',
  title: 'apt-get install by lists of an earlier step',
  severity: 'low',
  references: [`${bestPractices}#apt-get`],
  rationale:
    'The lists are as old as the cached step or the base image that they come from: packages are missing or outdated.',
  remediation: 'Run `apt-get update` before it in the same step.',
  controls: ['SI-2', 'CM-6'],
  examples: {
    pass: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt/lists apt-get install -y curl\n',
      'FROM debian:12\nRUN apt-get install -y ./a.deb\n',
    ],
    fail: ['FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n'],
  },
  *evaluate(dockerfile) {
    for (const { run, commands } of allSteps(dockerfile)) {
      const [first] = installs(commands, 'apt-get', 'apt').filter(({ operands }) =>
        operands.some(({ value }) => !value.includes('.deb')),
      );
      const isFresh = commands.some(({ isUpdate }) => isUpdate) || isMounted(run, '/var/lib/apt/lists');
      if (first && !isFresh)
        yield hitAt(
          dockerfile,
          first.command,
          `${quoted(dockerfile, first.command)} without apt-get update in the step`,
        );
    }
  },
});

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
  aptYes,
  aptRecommends,
  aptLists,
  aptForPeople,
  updateAlone,
  installWithoutUpdate,
  distUpgrade,
  apkCache,
  ...cacheChecks,
  packageManagerYes,
  versions,
  buildTools,
];

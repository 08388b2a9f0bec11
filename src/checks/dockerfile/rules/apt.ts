import { appendCommand } from '../append.ts';
import { bestPractices, dockerfileCheck, hadolint, hitAt, instructionsOf, quoted } from '../rule.ts';
import { hasOption } from '../shell/options.ts';
import { type PackageCommand, packageCommand } from '../shell/packages.ts';
import { allSteps, deletes, insertBehind, installs, isMounted, shippedSteps } from './package-steps.ts';

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
        yield hitAt(dockerfile, command, `${quoted(dockerfile, command)} without --no-install-recommends`, {
          ...insertBehind(command, verb, ' --no-install-recommends'),
          fixMayBreak: 'a program that needs a package which came as a recommended one',
        });
      }
    }
  },
});

/** A later step that takes packages by the lists which an earlier one left. */
function installsByOldLists({ run, commands }: ReturnType<typeof allSteps>[number]): PackageCommand | undefined {
  const [first] = installs(commands, 'apt-get', 'apt').filter(({ operands }) =>
    operands.some(({ value }) => !value.includes('.deb')),
  );
  const isFresh = commands.some(({ isUpdate }) => isUpdate) || isMounted(run, '/var/lib/apt/lists');
  return isFresh ? undefined : first;
}

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
      const isMissed = allSteps(dockerfile).some((step) => step.run.start > run.start && installsByOldLists(step));
      const fix = isMissed ? {} : appendCommand(dockerfile, run, 'rm -rf /var/lib/apt/lists/*');
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
    for (const step of allSteps(dockerfile)) {
      const command = installsByOldLists(step)?.command;
      if (command)
        yield hitAt(dockerfile, command, `${quoted(dockerfile, command)} without apt-get update in the step`);
    }
  },
});

export const aptChecks = [aptYes, aptRecommends, aptLists, aptForPeople, installWithoutUpdate];

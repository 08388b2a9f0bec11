import type { Dockerfile, Instruction, ShellWord, Stage } from '../document.ts';
import {
  buildCommands,
  dockerfileCheck,
  documentation,
  hadolint,
  hitAt,
  instructionsOf,
  lastStage,
  quoted,
  shippedInstructions,
  shippedStages,
} from '../rule.ts';
import { hasOption, isProgram, operandsOf } from '../shell/options.ts';

/** The last USER that holds for the image, through stages built on stages. */
function finalUser(dockerfile: Dockerfile): Instruction | undefined {
  for (const { instructions } of shippedStages(dockerfile)) {
    const user = instructions.findLast(({ keyword, isTrigger }) => keyword === 'USER' && !isTrigger);
    if (user) return user;
  }
  return undefined;
}

/** Whose words the image of the last stage begins with. */
function foundation(dockerfile: Dockerfile): Stage | undefined {
  return shippedStages(dockerfile).at(-1);
}

const userRoot = dockerfileCheck({
  id: 'dockerfile-user-root',
  title: 'The image runs as root',
  severity: 'high',
  references: [documentation('user'), hadolint('DL3002')],
  aliases: ['DS-0002', 'DL3002'],
  rationale:
    'Whoever breaks into the process is root in the container: free to change it, to use every capability it has, and nearer to the host.',
  remediation: 'Switch to an unprivileged user with `USER` after the last step that needs root.',
  controls: ['AC-6', 'CM-6'],
  examples: {
    pass: [
      'FROM debian:12\nUSER root\nRUN true\nUSER 1000:1000\n',
      'FROM debian:12 AS base\nUSER app\nFROM base\nRUN true\n',
      'FROM debian:12\n',
    ],
    fail: [
      'FROM debian:12\nUSER app\nUSER root\n',
      'FROM debian:12 AS base\nUSER 0:0\nFROM base\nCMD ["a"]\n',
      'ARG U=root\nFROM debian:12\nARG U\nUSER $U\n',
    ],
  },
  *evaluate(dockerfile) {
    const user = finalUser(dockerfile);
    const [word] = user?.words ?? [];
    if (word && /^(?:root|0{1,9})(?::|$)/.test(word.value)) {
      yield hitAt(dockerfile, user ?? word, `the last USER is ${word.value}`);
    }
  },
});

/** Images made to run as somebody else. What is not known is asked about: the base may have changed its user. */
const unprivileged =
  /(?:^|[:/-])(?:nonroot|rootless|unprivileged|debug-nonroot)\b|^(?:cgr\.dev|docker\.io\/bitnami|bitnami|bitnamilegacy)\//;

/** Numbers of the unprivileged users that images are published with. */
const usersOfImages: readonly (readonly [repository: RegExp, user: number])[] = [
  [/^(?:(?:docker\.io\/)?library\/|docker\.io\/)?node$/, 1000],
  [/^gcr\.io\/distroless\//, 65_532],
];

/** An edit that ends the image as the user which its base is known to have. */
function switchUser({ text }: Dockerfile, { from, instructions }: Stage, base: Stage['base']) {
  const user = base.kind === 'image' && usersOfImages.find(([repository]) => repository.test(base.repository))?.[1];
  if (!user) return {};
  const { start, end } = instructions.findLast(({ isTrigger }) => !isTrigger) ?? from;
  const next = text.indexOf('\n', end);
  // A here-document has its end behind what the instruction holds.
  if (text.slice(start, end).includes('<<')) return {};
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const at = next < 0 ? text.length : next + 1;
  const line = next < 0 ? `${lineBreak}USER ${user}:${user}` : `USER ${user}:${user}${lineBreak}`;
  return {
    fix: [{ start: at, end: at, text: line }],
    fixMayBreak: 'a program that writes to files of root or listens on a port below 1024',
  };
}

const userMissing = dockerfileCheck({
  id: 'dockerfile-user-missing',
  title: 'Nothing says who the image runs as',
  severity: 'medium',
  references: [documentation('user'), hadolint('DL3002')],
  aliases: ['DS-0002'],
  rationale:
    'Without USER the user of the base image holds, which nearly always is root. Whoever breaks into the process has all its rights.',
  remediation: 'Make an unprivileged user and switch to it with `USER` after the last step that needs root.',
  controls: ['AC-6', 'CM-6'],
  examples: {
    pass: ['FROM debian:12\nUSER 1000\n', 'FROM gcr.io/distroless/static-debian12:nonroot\nCOPY a /a\n'],
    fail: [
      'FROM debian:12\nCMD ["a"]\n',
      'FROM debian:12 AS build\nUSER app\nFROM scratch\nCOPY --from=build /a /a\n',
      'FROM node:22-slim\nCOPY . /app\nCMD ["node", "/app"]\n',
    ],
  },
  *evaluate(dockerfile) {
    const last = lastStage(dockerfile);
    const base = foundation(dockerfile)?.base;
    if (!last || !base || finalUser(dockerfile) || unprivileged.test(base.word.value)) return;
    const name = base.kind === 'scratch' ? 'root' : `the user of ${base.word.value}`;
    yield hitAt(dockerfile, last.from, `no USER: the image runs as ${name}`, switchUser(dockerfile, last, base));
  },
});

const userName = dockerfileCheck({
  id: 'dockerfile-user-by-name',
  title: 'The user of the image is a name instead of a number',
  severity: 'info',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  rationale: 'Kubernetes cannot tell whether a name is root: with `runAsNonRoot` it refuses to start the container.',
  remediation: 'Write the number of the user: `USER 10001`.',
  controls: ['AC-6', 'CM-6'],
  examples: {
    pass: ['FROM debian:12\nUSER 10001:app\n', 'FROM debian:12\nUSER root\n'],
    fail: ['FROM debian:12\nUSER app\n'],
  },
  *evaluate(dockerfile) {
    const user = finalUser(dockerfile);
    const [word] = user?.words ?? [];
    if (!user || !word || word.unknown.length > 0 || /^(?:\d|root(?::|$))/.test(word.value)) return;
    yield hitAt(dockerfile, user, `USER ${word.value} is a name`);
  },
});

const sudo = dockerfileCheck({
  id: 'dockerfile-run-sudo',
  title: 'A step uses sudo',
  severity: 'high',
  references: ['https://docs.docker.com/build/building/best-practices/#user', hadolint('DL3004')],
  aliases: ['DS-0010', 'DL3004'],
  rationale:
    'Steps run as root or as the last USER. With sudo in the image, and a user who may use it without a password, an attacker is root with one word.',
  remediation: 'Do what needs root before `USER`, or switch with `USER root` and back; leave sudo out of the image.',
  controls: ['AC-6', 'CM-7'],
  examples: {
    pass: ['FROM debian:12\nRUN echo sudo\n'],
    fail: [
      'FROM debian:12\nRUN sudo apt-get update\n',
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl sudo\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { command } of buildCommands(instructionsOf(dockerfile, 'RUN'))) {
      const isUsed = command.wrappers.includes('sudo') || command.program === 'sudo';
      const isInstalled =
        /^(?:apt|apt-get|apk|yum|dnf|microdnf|zypper)$/.test(command.program) &&
        command.arguments.some(({ value }) => value === 'sudo');
      if (isUsed) yield hitAt(dockerfile, command, `sudo in ${quoted(dockerfile, command)}`);
      else if (isInstalled) yield hitAt(dockerfile, command, 'sudo is put into the image');
    }
  },
});

const sudoWithoutPassword = dockerfileCheck({
  id: 'dockerfile-sudo-without-password',
  title: 'A user may become root without a password',
  severity: 'high',
  references: ['https://www.sudo.ws/docs/man/sudoers.man/'],
  rationale: 'The unprivileged user is unprivileged in name only: whoever breaks into the process runs sudo.',
  remediation: 'Leave the line out, and sudo with it.',
  controls: ['AC-6', 'IA-5'],
  examples: {
    pass: ['FROM debian:12\nRUN echo hello > /etc/motd\n'],
    fail: [
      'FROM debian:12\nRUN echo "app ALL=(ALL) NOPASSWD: ALL" >> /etc/sudoers\n',
      'FROM debian:12\nCOPY <<EOF /etc/sudoers.d/app\napp ALL=(ALL) NOPASSWD:ALL\nEOF\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { command } of buildCommands(instructionsOf(dockerfile, 'RUN'))) {
      if (command.words.some(({ value }) => value.includes('NOPASSWD')))
        yield hitAt(dockerfile, command, `NOPASSWD in ${quoted(dockerfile, command)}`);
    }
    for (const { heredocs } of instructionsOf(dockerfile, 'COPY', 'ADD')) {
      const found = heredocs.find(({ content }) => content.includes('NOPASSWD'));
      if (found) yield hitAt(dockerfile, found, 'a file with NOPASSWD is written');
    }
  },
});

const password = dockerfileCheck({
  id: 'dockerfile-user-password',
  title: 'A step sets the password of a user',
  severity: 'high',
  references: ['https://docs.docker.com/build/building/secrets/'],
  rationale:
    'The password stands in the history of the image and is the same in every container. Nothing needs to log in there with a password.',
  remediation: 'Leave the password out; the user of a container does not log in.',
  controls: ['IA-5', 'IA-5(7)'],
  examples: {
    pass: ['FROM debian:12\nRUN useradd -r -s /usr/sbin/nologin app && passwd -l root\n'],
    fail: [
      'FROM debian:12\nRUN echo "root:root" | chpasswd\n',
      'FROM debian:12\nRUN useradd -m -p s3cret app\n',
      'FROM debian:12\nRUN passwd -d root\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { command } of buildCommands(instructionsOf(dockerfile, 'RUN'))) {
      const { program, arguments: words } = command;
      const isGiven = isProgram(command, 'useradd', 'usermod', 'adduser') && hasOption(words, '-p', '--password');
      const isOpened = program === 'passwd' && hasOption(words, '-d', '--delete', '--stdin');
      // `usermod -p '!'` and the like lock the password.
      const isLocked = words.some(({ value }) => /^[!*x]{1,2}$/.test(value));
      if (program === 'chpasswd' || isOpened || (isGiven && !isLocked))
        yield hitAt(dockerfile, command, `${program} sets a password`);
    }
  },
});

const userAdd = dockerfileCheck({
  id: 'dockerfile-useradd-log',
  title: 'useradd with a high number makes a huge file',
  severity: 'low',
  references: [hadolint('DL3046')],
  aliases: ['DL3046'],
  rationale:
    "The logs of logins are indexed by the user's number: with a high one the layer holds gigabytes of zeros, which fills disks where they are not kept sparse.",
  remediation: 'Add `--no-log-init`.',
  controls: ['CM-6'],
  examples: {
    pass: ['FROM debian:12\nRUN useradd -l -u 1000000 app && useradd -u 1000 b\n'],
    fail: ['FROM debian:12\nRUN useradd -u 1000000 app\n'],
  },
  *evaluate(dockerfile) {
    for (const { command } of buildCommands(instructionsOf(dockerfile, 'RUN'))) {
      const words = command.arguments;
      if (command.program !== 'useradd' || hasOption(words, '-l', '--no-log-init') || !numberOf(words)) continue;
      const [name] = command.words.filter(({ value }) => value === 'useradd' || value.endsWith('/useradd'));
      const fix = name && command.isExact ? { fix: [{ start: name.end, end: name.end, text: ' --no-log-init' }] } : {};
      yield hitAt(dockerfile, command, `${quoted(dockerfile, command)} without --no-log-init`, fix);
    }
  },
});

/** The number that is asked for, where it is a high one. */
function numberOf(words: readonly ShellWord[]): number | undefined {
  const at = words.findIndex(({ value }) => /^(?:-[a-z]{0,5}u|--uid)$/.test(value));
  const text = at < 0 ? words.find(({ value }) => value.startsWith('--uid='))?.value.slice(6) : words[at + 1]?.value;
  return text !== undefined && /^\d{6,10}$/.test(text) ? Number(text) : undefined;
}

function isWorldWritable(mode: string): boolean {
  // With the sticky bit nobody can change what others have put there: `/tmp`.
  if (/^[0-7]{3,4}$/.test(mode)) return /[2367]$/.test(mode) && !/^[1357]\d{3}$/.test(mode);
  return mode.split(',').some((clause) => /^[ugo]{0,3}[oa][ugo]{0,3}[+=][rXxst]{0,4}w/.test(clause));
}

function isSetId(mode: string): boolean {
  // The sticky bit is of directories, where setgid only hands the group on.
  if (/^[0-7]{4}$/.test(mode)) return /^[2467]/.test(mode);
  return mode.split(',').some((clause) => /^[uga]{0,3}[+=][rwxX]{0,4}s/.test(clause));
}

interface Mode {
  readonly mode: string;
  readonly what: string;
  readonly span: { readonly start: number; readonly end: number };
}

/** Modes that steps and copies give to files of the image. */
function* modesIn(dockerfile: Dockerfile): Generator<Mode> {
  for (const instruction of shippedInstructions(dockerfile, 'RUN', 'COPY', 'ADD')) {
    for (const flag of instruction.flags) {
      if (flag.name === 'chmod' && flag.value) yield { mode: flag.value, what: `--chmod=${flag.value}`, span: flag };
    }
    for (const { command } of buildCommands([instruction])) {
      const [mode] = operandsOf(command.arguments);
      const given = command.program === 'chmod' ? mode?.value : installMode(command.program, command.arguments);
      if (given) yield { mode: given, what: quoted(dockerfile, command), span: command };
    }
  }
}

function installMode(program: string, words: readonly ShellWord[]): string | undefined {
  if (program !== 'install' && program !== 'mkdir') return undefined;
  const at = words.findIndex(({ value }) => value === '-m' || value === '--mode');
  return at < 0 ? undefined : words[at + 1]?.value;
}

const worldWritable = dockerfileCheck({
  id: 'dockerfile-world-writable',
  title: 'Everybody may write to files of the image',
  severity: 'medium',
  references: [documentation('copy---chown---chmod')],
  rationale: 'Whatever runs in the container, under whichever user, can change programs and settings that others use.',
  remediation: 'Give the files to the user that needs them (`--chown`) with mode 755 or 644.',
  controls: ['AC-6', 'CM-5'],
  examples: {
    pass: [
      'FROM debian:12\nCOPY --chmod=755 a /a\nRUN chmod -R u+rwX,go-w /app && chmod 1777 /tmp && chmod 3777 /run/a\n',
    ],
    fail: [
      'FROM debian:12\nRUN chmod -R 777 /app\n',
      'FROM debian:12\nCOPY --chmod=0666 a /a\n',
      'FROM debian:12\nRUN chmod a+rw /x\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { mode, what, span } of modesIn(dockerfile)) {
      if (isWorldWritable(mode)) yield hitAt(dockerfile, span, `${what} lets everybody write`);
    }
  },
});

const setId = dockerfileCheck({
  id: 'dockerfile-setuid',
  title: 'A program is made setuid or setgid',
  severity: 'high',
  references: ['https://man7.org/linux/man-pages/man2/execve.2.html'],
  rationale: "Whoever starts the program has its owner's rights. An error in it makes any user of the container root.",
  remediation: 'Leave the bit out; give the one capability that is needed where the container is started.',
  controls: ['AC-6', 'CM-7'],
  examples: {
    pass: ['FROM debian:12\nRUN chmod u-s /bin/su && chmod 0755 /a && chmod 3777 /run/a\n'],
    fail: [
      'FROM debian:12\nRUN chmod u+s /usr/bin/tool\n',
      'FROM debian:12\nCOPY --chmod=4755 a /a\n',
      'FROM debian:12\nRUN install -m 2755 a /a\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { mode, what, span } of modesIn(dockerfile)) {
      if (isSetId(mode)) yield hitAt(dockerfile, span, `${what} lets whoever starts it have its owner's rights`);
    }
  },
});

export const userChecks = [
  userRoot,
  userMissing,
  userName,
  sudo,
  sudoWithoutPassword,
  password,
  userAdd,
  worldWritable,
  setId,
];

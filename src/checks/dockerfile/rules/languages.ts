import type { CheckHit } from '../../check.ts';
import { isDebugVariable } from '../../environment.ts';
import type { Command, Dockerfile, Instruction, ShellWord } from '../document.ts';
import {
  buildCommands,
  dockerfileCheck,
  hadolint,
  hitAt,
  instructionsOf,
  quoted,
  shippedInstructions,
} from '../rule.ts';
import { hasOption, operandsOf } from '../shell/options.ts';

interface LanguageInstall {
  readonly run: Instruction;
  readonly command: Command;
  readonly verb: ShellWord;
  readonly operands: readonly ShellWord[];
}

const pipOptions = new Set(
  '-r --requirement -c --constraint -e --editable -i --index-url --extra-index-url -f --find-links --trusted-host -t --target --prefix --root --cache-dir --timeout --proxy --python-version --platform --only-binary --no-binary --progress-bar --log --src'.split(
    ' ',
  ),
);
const npmOptions = new Set(
  '--prefix --registry --cache -C --loglevel -w --workspace --omit --include --cwd --dir'.split(' '),
);
const gemOptions = new Set(
  '-v --version -i --install-dir -n --bindir -s --source -P --trust-policy --platform -p --http-proxy'.split(' '),
);

/** Commands of a program with one of the verbs; for `python -m pip` too. */
function* installsOf(
  runs: readonly Instruction[],
  program: RegExp,
  verbs: RegExp,
  withValue: ReadonlySet<string>,
): Generator<LanguageInstall> {
  for (const { run, command } of buildCommands(runs)) {
    const words = argumentsOf(command, program);
    const [verb, ...operands] = words ? operandsOf(words, withValue) : [];
    if (verb && verbs.test(verb.value)) yield { run, command, verb, operands };
  }
}

function argumentsOf({ program, arguments: words }: Command, wanted: RegExp): readonly ShellWord[] | undefined {
  if (wanted.test(program)) return words;
  const isModule = /^python[\d.]{0,5}$/.test(program) && words[0]?.value === '-m' && wanted.test(words[1]?.value ?? '');
  return isModule ? words.slice(2) : undefined;
}

const pip = /^pip[\d.]{0,5}$/;

/** Names of a message, not more than a few. */
function listed(words: readonly ShellWord[]): string {
  const names = words.slice(0, 4).map(({ value }) => value.slice(0, 60));
  return words.length > 4 ? `${names.join(', ')} and ${words.length - 4} more` : names.join(', ');
}

/** What is a path, a URL or in a variable is not judged. */
function isNamedElsewhere(value: string): boolean {
  return /[$`/]|^\.|\.(?:whl|tar\.gz|tgz|zip|gem)$/.test(value);
}

const pipVersions = dockerfileCheck({
  id: 'dockerfile-pip-versions',
  title: 'Python packages are installed without a version',
  severity: 'low',
  references: ['https://pip.pypa.io/en/stable/topics/repeatable-installs/', hadolint('DL3013')],
  aliases: ['DL3013'],
  rationale: 'Each build takes what was published last, a broken or malicious release included.',
  remediation: 'Write `name==version`, or install from a requirements file with hashes.',
  controls: ['CM-2', 'SR-4'],
  examples: {
    pass: [
      'FROM python:3.13\nRUN pip install flask==3.1.0 && pip install -r requirements.txt . && python -m pip install --upgrade "a~=1.2"\n',
    ],
    fail: [
      'FROM python:3.13\nRUN pip install flask\n',
      'FROM python:3.13\nRUN python3 -m pip install --no-cache-dir "requests>=2"\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { command, operands } of installsOf(instructionsOf(dockerfile, 'RUN'), pip, /^install$/, pipOptions)) {
      const words = command.arguments;
      if (words.some(({ value }) => /^(?:-c|--constraint)/.test(value))) continue;
      const free = operands.filter(({ value }) => !/[=~]=| @ /.test(value) && !isNamedElsewhere(value));
      if (free.length > 0) yield hitAt(dockerfile, command, `no version of ${listed(free)}`);
    }
  },
});

const pipCache = dockerfileCheck({
  id: 'dockerfile-pip-cache',
  title: 'pip leaves its cache in the image',
  severity: 'low',
  references: ['https://pip.pypa.io/en/stable/topics/caching/', hadolint('DL3042')],
  aliases: ['DL3042'],
  rationale: 'Everything that was downloaded is in the image a second time.',
  remediation: 'Add `--no-cache-dir`, set `PIP_NO_CACHE_DIR=1`, or mount a cache at `/root/.cache/pip`.',
  controls: ['CM-7'],
  examples: {
    pass: [
      'FROM python:3.13\nRUN pip install --no-cache-dir -r requirements.txt\n',
      'FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nRUN pip install -r requirements.txt\n',
      'FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\n',
    ],
    fail: ['FROM python:3.13\nRUN pip install -r requirements.txt\n'],
  },
  *evaluate(dockerfile) {
    if (/PIP_NO_CACHE_DIR/.test(dockerfile.text)) return;
    for (const { run, command, verb } of installsOf(
      shippedInstructions(dockerfile, 'RUN'),
      pip,
      /^install$/,
      pipOptions,
    )) {
      const isMounted = run.flags.some(
        ({ name, value = '' }) => name === 'mount' && /type=cache/.test(value) && /\.cache|pip/.test(value),
      );
      if (isMounted || hasOption(command.arguments, '--no-cache-dir')) continue;
      const fix = command.isExact ? { fix: [{ start: verb.end, end: verb.end, text: ' --no-cache-dir' }] } : {};
      yield hitAt(dockerfile, command, `${quoted(dockerfile, command)} without --no-cache-dir`, fix);
    }
  },
});

const npmVersions = dockerfileCheck({
  id: 'dockerfile-npm-versions',
  title: 'Node.js packages are installed without a version',
  severity: 'low',
  references: ['https://docs.npmjs.com/cli/commands/npm-install', hadolint('DL3016')],
  aliases: ['DL3016'],
  rationale: 'Each build takes what was published last, a broken or malicious release included.',
  remediation: 'Write `name@version`, or keep the package in package.json with a lock file.',
  controls: ['CM-2', 'SR-4'],
  examples: {
    pass: [
      'FROM node:24\nRUN npm install -g pnpm@10.1.0 @acme/a@1.2.3 && npm ci\n',
      'FROM node:24\nRUN yarn add a@1\n',
    ],
    fail: ['FROM node:24\nRUN npm install -g pnpm\n', 'FROM node:24\nRUN npm i --global @acme/a yarn@latest\n'],
  },
  *evaluate(dockerfile) {
    const runs = instructionsOf(dockerfile, 'RUN');
    for (const { command, operands } of installsOf(
      runs,
      /^(?:npm|pnpm|yarn|bun)$/,
      /^(?:install|i|add)$/,
      npmOptions,
    )) {
      const free = operands.filter(
        ({ value }) => !hasNpmVersion(value) && !isNamedElsewhere(value.replace(/^@[\w.-]{1,100}\//, '')),
      );
      if (free.length > 0) yield hitAt(dockerfile, command, `no version of ${listed(free)}`);
    }
  },
});

function hasNpmVersion(name: string): boolean {
  const at = name.indexOf('@', 1);
  return at > 0 && !/^(?:latest|next|\*)?$/.test(name.slice(at + 1));
}

const gemVersions = dockerfileCheck({
  id: 'dockerfile-gem-versions',
  title: 'Ruby gems are installed without a version',
  severity: 'low',
  references: ['https://guides.rubygems.org/command-reference/#gem-install', hadolint('DL3028')],
  aliases: ['DL3028'],
  rationale: 'Each build takes what was published last, a broken or malicious release included.',
  remediation: 'Write `name:version` or `-v version`.',
  controls: ['CM-2', 'SR-4'],
  examples: {
    pass: ['FROM ruby:3.4\nRUN gem install bundler:2.6.2 && gem install -v 1.0 a\n'],
    fail: ['FROM ruby:3.4\nRUN gem install bundler\n'],
  },
  *evaluate(dockerfile) {
    for (const { command, operands } of installsOf(
      instructionsOf(dockerfile, 'RUN'),
      /^gem$/,
      /^(?:install|i)$/,
      gemOptions,
    )) {
      const hasVersion = hasOption(command.arguments, '-v', '--version');
      const free = operands.filter(({ value }) => !value.includes(':') && !isNamedElsewhere(value));
      if (free.length > 0 && !hasVersion) yield hitAt(dockerfile, command, `no version of ${listed(free)}`);
    }
  },
});

const goVersions = dockerfileCheck({
  id: 'dockerfile-program-versions',
  title: 'A program is built from whatever was published last',
  severity: 'low',
  references: [
    'https://go.dev/ref/mod#go-install',
    'https://doc.rust-lang.org/cargo/commands/cargo-install.html',
    hadolint('DL3062'),
  ],
  aliases: ['DL3062'],
  rationale: 'Each build takes the newest source, a broken or malicious release included.',
  remediation: 'Name the version: `go install path@v1.2.3`, `cargo install name@1.2.3 --locked`.',
  controls: ['CM-2', 'SR-4'],
  examples: {
    pass: [
      'FROM golang:1.25\nRUN go install example.com/a@v1.2.3 && go install ./...\n',
      'FROM rust:1.90\nRUN cargo install --locked --version 1.0 a && cargo install --path .\n',
    ],
    fail: ['FROM golang:1.25\nRUN go install example.com/a@latest\n', 'FROM rust:1.90\nRUN cargo install a\n'],
  },
  *evaluate(dockerfile) {
    const runs = instructionsOf(dockerfile, 'RUN');
    for (const { command, operands } of installsOf(runs, /^go$/, /^(?:install|get|run)$/, new Set())) {
      const free = operands.filter(({ value }) => /@(?:latest|master|main)$/.test(value));
      if (free.length > 0) yield hitAt(dockerfile, command, `no version of ${listed(free)}`);
    }
    for (const { command, operands } of installsOf(
      runs,
      /^cargo$/,
      /^install$/,
      new Set(['--root', '--features', '-F']),
    )) {
      const isNamed = hasOption(command.arguments, '--version', '--path', '--git', '--vers');
      const free = operands.filter(({ value }) => !/[@$]/.test(value));
      if (free.length > 0 && !isNamed) yield hitAt(dockerfile, command, `no version of ${listed(free)}`);
    }
  },
});

const lockfile = dockerfileCheck({
  id: 'dockerfile-lockfile-ignored',
  title: 'Dependencies are resolved anew in the build',
  severity: 'medium',
  references: ['https://docs.npmjs.com/cli/commands/npm-ci', 'https://yarnpkg.com/cli/install'],
  rationale:
    'What was tested is not what is built: a release that was published since, malicious or broken, goes straight into the image.',
  remediation:
    'Use `npm ci`, `yarn install --immutable` (`--frozen-lockfile` in Yarn 1), `pnpm install --frozen-lockfile`, `composer install`, `uv sync --locked`.',
  controls: ['CM-2', 'SR-4', 'SI-7'],
  examples: {
    pass: [
      'FROM node:24\nRUN npm ci && yarn install --immutable && pnpm i --frozen-lockfile && npm install -g a@1\n',
      'FROM php:8.4\nRUN composer install\n',
    ],
    fail: [
      'FROM node:24\nRUN npm install\n',
      'FROM node:24\nRUN yarn\n',
      'FROM node:24\nRUN pnpm install --prod\n',
      'FROM php:8.4\nRUN composer update\n',
    ],
  },
  *evaluate(dockerfile): Generator<CheckHit> {
    for (const { command } of buildCommands(instructionsOf(dockerfile, 'RUN'))) {
      if (resolvesAnew(command)) yield hitAt(dockerfile, command, quoted(dockerfile, command));
    }
  },
});

function resolvesAnew({ program, arguments: words }: Command): boolean {
  const [verb, ...operands] = operandsOf(words, npmOptions);
  const isInstall = verb !== undefined && /^(?:install|i)$/.test(verb.value) && operands.length === 0;
  switch (program) {
    case 'npm':
      return (isInstall && !hasOption(words, '-g', '--global')) || verb?.value === 'update';
    case 'yarn':
      return (
        (isInstall || words.length === 0) && !hasOption(words, '--immutable', '--frozen-lockfile', '--pure-lockfile')
      );
    case 'pnpm':
    case 'bun':
      return isInstall && !hasOption(words, '-g', '--global', '--frozen-lockfile', '--offline');
    case 'composer':
      return verb?.value === 'update';
    default:
      return false;
  }
}

const debugMode = dockerfileCheck({
  id: 'dockerfile-debug-mode',
  title: 'The image runs in debug or development mode',
  severity: 'medium',
  references: ['https://cwe.mitre.org/data/definitions/489.html'],
  rationale: 'Debug modes show source, settings and secrets in error pages, and some let whoever asks run code.',
  remediation: 'Take the variable out of the image and set it where it is developed.',
  controls: ['CM-6', 'CM-7', 'SI-11'],
  examples: {
    pass: [
      'FROM python:3.13\nENV FLASK_DEBUG=0\n',
      'FROM node:24\nENV NODE_ENV=production\n',
      'FROM node:24 AS dev\nENV NODE_ENV=development\nFROM node:24\n',
    ],
    fail: [
      'FROM python:3.13\nENV FLASK_DEBUG=1\n',
      'FROM python:3.13\nENV DJANGO_DEBUG True\n',
      'FROM node:24\nENV NODE_ENV=development\n',
      'FROM node:24\nCMD ["node", "--inspect=0.0.0.0:9229", "a.js"]\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { pairs } of shippedInstructions(dockerfile, 'ENV')) {
      for (const { name, value } of pairs) {
        if (value && isDebugVariable(name.value, value.value))
          yield hitAt(dockerfile, { start: name.start, end: value.end }, `${name.value}=${value.value}`);
      }
    }
    yield* debuggers(dockerfile);
  },
});

function* debuggers(dockerfile: Dockerfile): Generator<CheckHit> {
  for (const { commands } of shippedInstructions(dockerfile, 'CMD', 'ENTRYPOINT')) {
    for (const command of commands) {
      const word = command.words.find(({ value }) =>
        /^--inspect(?:-brk)?=(?:0\.0\.0\.0|\[?::).{0,20}$|jdwp.{0,60}address=(?:\*|0\.0\.0\.0)/.test(value),
      );
      if (word) yield hitAt(dockerfile, word, `a debugger listens: ${word.value.slice(0, 80)}`);
    }
  }
}

export const languageChecks = [pipVersions, pipCache, npmVersions, gemVersions, goVersions, lockfile, debugMode];

import type { CheckHit } from '../../check.ts';
import { isTrustVariable } from '../../environment.ts';
import type { Command, Dockerfile, Instruction, ShellWord } from '../document.ts';
import { buildCommands, dockerfileCheck, documentation, hadolint, hitAt, instructionsOf, quoted } from '../rule.ts';
import { fetches, scriptsFromNetwork } from '../shell/download.ts';
import { hasOption, operandsOf, optionOf } from '../shell/options.ts';

const runsOf = (dockerfile: Dockerfile) => instructionsOf(dockerfile, 'RUN');

const pipeToShell = dockerfileCheck({
  id: 'dockerfile-pipe-to-shell',
  title: 'A script from the network is run without a look at it',
  severity: 'high',
  references: ['https://cwe.mitre.org/data/definitions/494.html'],
  rationale:
    'Whoever owns the server, or the way to it, runs commands in the build. What was run cannot be told afterwards.',
  remediation: 'Save the script, compare its checksum or signature, then run it; or take a package that is signed.',
  controls: ['SI-7', 'SR-4', 'SR-11'],
  examples: {
    pass: [
      'FROM debian:12\nRUN curl -fsSLo a.sh https://example.com/a.sh && echo "$SUM  a.sh" | sha256sum -c && sh a.sh\n',
      'FROM debian:12\nRUN curl -fsSL https://example.com/a.tar.gz | tar xz\n',
    ],
    fail: [
      'FROM debian:12\nRUN curl -fsSL https://example.com/install.sh | bash -s -- -y\n',
      'FROM debian:12\nRUN wget -qO- https://example.com/a | tee /a | sudo -E sh -\n',
      'FROM debian:12\nRUN sh -c "$(curl -fsSL https://example.com/a)"\n',
      'FROM debian:12\nRUN ["bash", "-c", "bash <(curl -s https://example.com/a)"]\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { commands } of runsOf(dockerfile)) {
      for (const command of scriptsFromNetwork(commands)) {
        yield hitAt(dockerfile, command, `${quoted(dockerfile, command)} runs what was fetched`);
      }
    }
  },
});

interface Switch {
  readonly what: string;
  readonly word: ShellWord;
}

/** Options by which a program no longer asks who it talks to. */
function trustOptions(command: Command): Switch[] {
  const { program, arguments: words } = command;
  const found = optionOf(words, ...(trust.get(program) ?? []));
  const settings = words.filter(({ value }) => trustSetting.test(value));
  const isSetFalse = program === 'npm' || program === 'yarn' || program === 'pnpm' || program === 'git';
  const strict = isSetFalse
    ? words.find(
        ({ value }, at) =>
          /^(?:strict-ssl|http\.sslverify|enableStrictSsl)$/i.test(value) &&
          /^(?:false|0)$/i.test(words[at + 1]?.value ?? ''),
      )
    : undefined;
  return [found, ...settings, strict].flatMap((word) =>
    word ? [{ what: `${program} ${word.value.slice(0, 60)}`, word }] : [],
  );
}

const trust = new Map<string, readonly string[]>([
  ['curl', ['-k', '--insecure', '--proxy-insecure']],
  ['wget', ['--no-check-certificate']],
  ['pip', ['--trusted-host']],
  ['pip3', ['--trusted-host']],
  ['uv', ['--allow-insecure-host']],
  ['aria2c', ['--check-certificate=false']],
]);
const trustSetting =
  /^(?:http\.sslverify=(?:false|0)|--strict-ssl=false|strict-ssl=false|Acquire::https::Verify-Peer=false|--conf-sslverify=false|--setopt=sslverify=(?:0|false))$/i;

const tlsOff = dockerfileCheck({
  id: 'dockerfile-tls-verification-off',
  title: 'Certificates are not checked',
  severity: 'high',
  references: ['https://cwe.mitre.org/data/definitions/295.html'],
  rationale:
    "Anybody on the way can answer in the server's place and put what they like into the image; as a variable it holds in every container too.",
  remediation: 'Put the certificate authority into the image, and take the option or variable out.',
  controls: ['SC-8', 'SC-23', 'SI-7'],
  examples: {
    pass: ['FROM debian:12\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\nRUN curl -fsSLo /a https://example.com/a\n'],
    fail: [
      'FROM debian:12\nRUN curl -fsSkLo /a https://example.com/a\n',
      'FROM debian:12\nRUN wget --no-check-certificate https://example.com/a\n',
      'FROM node:24\nENV NODE_TLS_REJECT_UNAUTHORIZED=0\n',
      'FROM node:24\nRUN npm config set strict-ssl false\n',
      'FROM debian:12\nRUN git -c http.sslVerify=false clone https://example.com/a\n',
      'FROM python:3.13\nRUN pip install --trusted-host example.com -r r.txt\n',
      'FROM debian:12\nRUN GIT_SSL_NO_VERIFY=1 git clone https://example.com/a\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { command } of buildCommands(runsOf(dockerfile))) {
      for (const { what, word } of trustOptions(command)) yield hitAt(dockerfile, word, what);
      const words = command.program === 'export' ? command.arguments : command.assignments;
      for (const word of words) {
        const equals = word.value.indexOf('=');
        if (isTrustVariable(word.value.slice(0, equals), word.value.slice(equals + 1)))
          yield hitAt(dockerfile, word, word.value.slice(0, 80));
      }
    }
    for (const { pairs } of instructionsOf(dockerfile, 'ENV', 'ARG')) {
      for (const { name, value } of pairs) {
        if (value && isTrustVariable(name.value, value.value))
          yield hitAt(dockerfile, name, `${name.value}=${value.value.slice(0, 60)}`);
      }
    }
  },
});

const unsigned = new Map<string, readonly string[]>([
  ['apt-get', ['--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories']],
  ['apt', ['--allow-unauthenticated', '--allow-insecure-repositories']],
  ['apk', ['--allow-untrusted']],
  ['yum', ['--nogpgcheck']],
  ['dnf', ['--nogpgcheck', '--no-gpgchecks']],
  ['microdnf', ['--nogpgcheck']],
  ['tdnf', ['--nogpgcheck']],
  ['zypper', ['--no-gpg-checks', '--allow-unsigned-rpm']],
  ['rpm', ['--nosignature', '--nodigest']],
]);
const unsignedSetting =
  /\[[^\][]{0,200}trusted=yes|^gpgcheck=(?:0|false)$|^--setopt=(?:[\w*-]{1,50}\.)?gpgcheck=(?:0|false)$|APT::Get::AllowUnauthenticated=(?:true|1)/i;

const signaturesOff = dockerfileCheck({
  id: 'dockerfile-package-signature-off',
  title: 'Packages are installed without a check of their signature',
  severity: 'high',
  references: ['https://wiki.debian.org/SecureApt', 'https://cwe.mitre.org/data/definitions/347.html'],
  rationale:
    'Whoever can write to the repository, a mirror or the way to it puts programs into the image that run as root while they are installed.',
  remediation: 'Install the key of the repository, and take the option out.',
  controls: ['CM-14', 'SI-7', 'SR-11'],
  examples: {
    pass: [
      'FROM debian:12\nRUN echo "deb [signed-by=/etc/apt/keyrings/a.asc] https://example.com/ a main" > /etc/apt/sources.list.d/a.list\n',
    ],
    fail: [
      'FROM debian:12\nRUN apt-get install -y --allow-unauthenticated curl\n',
      'FROM alpine:3.22\nRUN apk add --no-cache --allow-untrusted a.apk\n',
      'FROM fedora:43\nRUN dnf install -y --nogpgcheck a\n',
      'FROM debian:12\nRUN echo "deb [trusted=yes] https://example.com/ a main" > /etc/apt/sources.list.d/a.list\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { command } of buildCommands(runsOf(dockerfile))) {
      const option = optionOf(command.arguments, ...(unsigned.get(command.program) ?? []));
      const word = option ?? command.words.find(({ value }) => unsignedSetting.test(value));
      if (word) yield hitAt(dockerfile, word, `${command.program} ${word.value.slice(0, 80)}`);
    }
  },
});

const wgetAndCurl = dockerfileCheck({
  id: 'dockerfile-wget-and-curl',
  title: 'Both wget and curl are used',
  severity: 'low',
  references: [hadolint('DL4001')],
  aliases: ['DS-0014', 'DL4001'],
  rationale: 'Two programs for one purpose are two programs that need updates, and two that an attacker finds.',
  remediation: 'Use one of the two in all steps of the stage.',
  controls: ['CM-7'],
  examples: {
    pass: [
      'FROM debian:12\nRUN curl -fsSLO https://a.example/a\n',
      'FROM debian:12 AS a\nRUN wget https://a.example/a\nFROM debian:12\nRUN curl -fsSLO https://a.example/a\n',
    ],
    fail: ['FROM debian:12\nRUN wget https://a.example/a\nRUN curl -fsSLO https://a.example/b\n'],
  },
  *evaluate(dockerfile) {
    for (const { instructions } of dockerfile.stages) {
      const commands = [...buildCommands(instructions)].map(({ command }) => command);
      const wget = commands.find(({ program }) => program === 'wget');
      const curl = commands.find(({ program }) => program === 'curl');
      if (wget && curl) yield hitAt(dockerfile, wget.start > curl.start ? wget : curl, 'the stage uses wget and curl');
    }
  },
});

function urlsIn({ arguments: words }: Command): ShellWord[] {
  return words.filter(({ value }) => /^(?:https?|ftp):\/\//i.test(value));
}

const plaintext = dockerfileCheck({
  id: 'dockerfile-download-plaintext',
  title: 'Something is fetched without encryption',
  severity: 'medium',
  references: ['https://cwe.mitre.org/data/definitions/319.html'],
  rationale: 'Anybody on the way can change what comes into the image.',
  remediation: 'Fetch it with https, or from a mirror that has it.',
  controls: ['SC-8', 'SI-7'],
  examples: {
    pass: ['FROM debian:12\nRUN curl -fsSLO https://example.com/a\nHEALTHCHECK CMD curl -f http://localhost/\n'],
    fail: [
      'FROM debian:12\nRUN wget http://example.com/a\n',
      'FROM debian:12\nADD http://example.com/a /a\n',
      'FROM debian:12\nRUN git clone git://example.com/a\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { command } of buildCommands(runsOf(dockerfile))) {
      if (!fetches(command) && command.program !== 'git') continue;
      for (const word of command.arguments) {
        if (isPlaintext(word.value)) yield hitAt(dockerfile, word, `${command.program} fetches ${address(word.value)}`);
      }
    }
    for (const { words } of instructionsOf(dockerfile, 'ADD')) {
      for (const source of words.slice(0, -1)) {
        if (isPlaintext(source.value)) yield hitAt(dockerfile, source, `ADD fetches ${address(source.value)}`);
      }
    }
  },
});

function isPlaintext(value: string): boolean {
  return /^(?:http|ftp|git):\/\/(?!localhost|127\.|\[::1\]|0\.0\.0\.0)/i.test(value);
}

/** Without what may be a password. */
function address(url: string): string {
  return url.replace(/\/\/[^/@]{1,300}@/, '//…@').slice(0, 100);
}

const verifying =
  /^(?:sha(?:1|224|256|384|512)sum|shasum|md5sum|b2sum|cksum|gpg|gpgv|gpg2|cosign|minisign|openssl|slsa-verifier|signify)$/;
const program =
  /\.(?:sh|bash|run|bin|exe|jar|deb|rpm|apk|AppImage|tar|tar\.(?:gz|bz2|xz|zst)|tgz|txz|zip|gz|xz)(?:\?.{0,200})?$/i;

const unverified = dockerfileCheck({
  id: 'dockerfile-download-unverified',
  title: 'A program is fetched without a look at its checksum',
  severity: 'low',
  references: ['https://cwe.mitre.org/data/definitions/494.html', documentation('add---checksum')],
  rationale:
    'What lies at the address today can be another file tomorrow; encryption on the way says nothing about that.',
  remediation: 'Compare the checksum or signature in the same step, or use `ADD --checksum=sha256:…`.',
  controls: ['SI-7', 'SR-4'],
  examples: {
    pass: [
      'FROM debian:12\nRUN curl -fsSLO https://example.com/a.tar.gz && echo "$SUM  a.tar.gz" | sha256sum -c -\n',
      'FROM debian:12\nRUN curl https://example.com/api/status\n',
    ],
    fail: [
      'FROM debian:12\nRUN curl -fsSLO https://example.com/a.tar.gz && tar xf a.tar.gz\n',
      'FROM debian:12\nRUN curl -fsSL https://example.com/a.tgz | tar xz\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const run of runsOf(dockerfile)) {
      if (run.commands.some((command) => verifying.test(command.program))) continue;
      yield* unverifiedIn(dockerfile, run);
    }
  },
});

function* unverifiedIn(dockerfile: Dockerfile, run: Instruction): Generator<CheckHit> {
  for (const command of run.commands.filter(fetches)) {
    const url = urlsIn(command).find(({ value }) => program.test(value));
    if (url) yield hitAt(dockerfile, command, `nothing says what ${address(url.value)} must contain`);
  }
}

const pipefail = dockerfileCheck({
  id: 'dockerfile-pipefail',
  title: 'An error in a pipe is not noticed',
  severity: 'low',
  references: ['https://docs.docker.com/build/building/best-practices/#using-pipes', hadolint('DL4006')],
  aliases: ['DL4006'],
  rationale:
    "Of a pipe only the last program's error counts: a download that failed goes on as an empty file, and the image lacks what it should have.",
  remediation: 'Set `SHELL ["/bin/bash", "-o", "pipefail", "-c"]`, or begin the step with `set -o pipefail`.',
  controls: ['SI-7', 'CM-6'],
  examples: {
    pass: [
      'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -fsSL https://example.com/a | tar x\n',
      'FROM debian:12\nRUN set -euxo pipefail; wget -qO- https://example.com/a | tar x\n',
      'FROM debian:12\nRUN echo a | tee b\n',
    ],
    fail: ['FROM debian:12\nRUN curl -fsSL https://example.com/a | tar x\n'],
  },
  *evaluate(dockerfile) {
    let isSet = false;
    for (const { keyword, words, commands } of dockerfile.instructions) {
      if (keyword === 'FROM') isSet = false;
      if (keyword === 'SHELL') isSet = words.some(({ value }) => value === 'pipefail');
      if (
        keyword !== 'RUN' ||
        isSet ||
        commands.some(({ words: all }) => all.some(({ value }) => value === 'pipefail'))
      )
        continue;
      // Only where something can fail for reasons of the world: what is echoed cannot.
      const at = commands.findIndex((command, index) => fetches(command) && commands[index + 1]?.joiner === '|');
      const command = commands[at];
      if (command) yield hitAt(dockerfile, command, `an error of ${command.program} is lost in the pipe`);
    }
  },
});

const aptKey = dockerfileCheck({
  id: 'dockerfile-apt-key',
  title: 'A key is trusted for all repositories',
  severity: 'medium',
  references: ['https://manpages.debian.org/bookworm/apt/apt-key.8.en.html'],
  rationale:
    'Whoever owns the key can replace any package of the distribution, not only those of the one repository. apt-key is gone from current releases.',
  remediation: 'Put the key into `/etc/apt/keyrings` and name it with `signed-by` in the line of the repository.',
  controls: ['CM-14', 'SR-11'],
  examples: {
    pass: [
      'FROM debian:12\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/key.asc /etc/apt/keyrings/a.asc\nRUN apt-key list\n',
    ],
    fail: [
      'FROM debian:12\nRUN curl -fsSL https://example.com/key.asc | apt-key add -\n',
      'FROM debian:12\nRUN apt-key adv --keyserver keyserver.ubuntu.com --recv-keys ABCD\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { command } of buildCommands(runsOf(dockerfile))) {
      const [verb] = operandsOf(command.arguments);
      if (command.program === 'apt-key' && verb && /^(?:add|adv)$/.test(verb.value))
        yield hitAt(dockerfile, command, quoted(dockerfile, command));
    }
  },
});

const gitClone = dockerfileCheck({
  id: 'dockerfile-git-clone-unpinned',
  title: 'A repository is cloned at whatever its branch stands at',
  severity: 'low',
  references: ['https://git-scm.com/docs/git-clone'],
  rationale:
    'Two builds of the same file give different images, and whoever can write to the branch decides what is built.',
  remediation: 'Check out a commit behind it, or clone a tag with `--branch`.',
  controls: ['CM-2', 'SR-4'],
  examples: {
    pass: [
      'FROM debian:12\nRUN git clone --branch v1.2 https://example.com/a\n',
      'FROM debian:12\nRUN git clone https://example.com/a && cd a && git checkout 1f0c4e2\n',
    ],
    fail: ['FROM debian:12\nRUN git clone --depth 1 https://example.com/a\n'],
  },
  *evaluate(dockerfile) {
    for (const run of runsOf(dockerfile)) {
      const verbs = (command: Command) =>
        command.program === 'git' ? command.arguments.map(({ value }) => value) : [];
      const isPinned = run.commands.some((command) =>
        verbs(command).some((verb) => /^(?:checkout|reset|switch)$/.test(verb)),
      );
      const clone = run.commands.find(
        (command) => verbs(command).includes('clone') && !hasOption(command.arguments, '-b', '--branch', '--revision'),
      );
      if (clone && !isPinned) yield hitAt(dockerfile, clone, 'git clone without a tag or commit');
    }
  },
});

export const downloadChecks = [
  pipeToShell,
  tlsOff,
  signaturesOff,
  wgetAndCurl,
  plaintext,
  unverified,
  pipefail,
  aptKey,
  gitClone,
];

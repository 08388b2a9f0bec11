import type { CheckHit } from '../../check.ts';
import { isSecretName } from '../../secret-name.ts';
import type { Dockerfile, Pair, Span } from '../document.ts';
import { buildCommands, dockerfileCheck, hitAt, instructionsOf } from '../rule.ts';

const secretsGuide = 'https://docs.docker.com/build/building/secrets/';

/** A switch or a number is no secret whatever its name is. */
function isSwitch({ value }: Pair): boolean {
  return value !== undefined && /^(?:true|false|yes|no|on|off|none|null|\d{1,3})?$/i.test(value.value);
}

/** Where a pair stands, its value left out: no report repeats it. */
function nameSpan({ name }: Pair): Span {
  return name;
}

const secretArgument = dockerfileCheck({
  id: 'dockerfile-secret-argument',
  title: 'A secret is passed as a build argument',
  severity: 'high',
  references: [secretsGuide, 'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/'],
  aliases: ['DS-0031', 'DL3064'],
  rationale:
    'Arguments stay in the history of the image, in its provenance and in the build cache: whoever has the image reads them.',
  remediation: 'Give the secret to the step that needs it: `RUN --mount=type=secret,id=name`.',
  controls: ['IA-5(7)', 'SC-28'],
  examples: {
    pass: ['FROM node:24\nARG TOKEN_FILE\nARG ALLOW_EMPTY_PASSWORD=yes\nRUN --mount=type=secret,id=npm true\n'],
    fail: [
      'FROM node:24\nARG NPM_TOKEN\nRUN npm ci\n',
      'FROM debian:12\nARG DB_PASSWORD=hunter2 VERSION=1\n',
      'ARG API_KEY\nFROM debian:12\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { pairs } of instructionsOf(dockerfile, 'ARG')) {
      for (const pair of pairs) {
        const isSecret =
          isSecretName(pair.name.value) && (pair.value === undefined || !isSwitch(pair) || pair.value.value === '');
        if (isSecret) yield hitAt(dockerfile, nameSpan(pair), `the argument ${pair.name.value} is named as a secret`);
      }
    }
  },
});

const secretEnvironment = dockerfileCheck({
  id: 'dockerfile-secret-environment',
  title: 'A secret is set as a variable of the image',
  severity: 'high',
  references: [secretsGuide, 'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/'],
  aliases: ['DS-0031', 'DL3064'],
  rationale:
    'The variable is in the configuration of the image, in every container of it and in what they log about their environment.',
  remediation: 'Set it where the container is started, from a secret store, best as a file.',
  controls: ['IA-5(7)', 'SC-28'],
  examples: {
    pass: ['FROM postgres:17\nENV POSTGRES_PASSWORD_FILE=/run/secrets/p POSTGRES_PASSWORD=\n'],
    fail: ['FROM postgres:17\nENV POSTGRES_PASSWORD=hunter2\n', 'FROM node:24\nARG T\nENV NPM_TOKEN $T\n'],
  },
  *evaluate(dockerfile) {
    for (const { pairs } of instructionsOf(dockerfile, 'ENV')) {
      for (const pair of pairs) {
        if (isSecretName(pair.name.value) && !isSwitch(pair))
          yield hitAt(dockerfile, nameSpan(pair), `the variable ${pair.name.value} is named as a secret`);
      }
    }
  },
});

const withUser =
  /[a-z][a-z+]{1,10}:\/\/[^/\s:@"']{0,100}:[^/\s@"']{1,300}@|https?:\/\/(?:\$\{?\w{1,100}\}?|[A-Za-z0-9_]{20,200})@/;

const urlCredentials = dockerfileCheck({
  id: 'dockerfile-credentials-in-url',
  title: 'A URL has a password or token in it',
  severity: 'high',
  references: [secretsGuide],
  rationale:
    'The step with the URL stands in the history of the image, and programs write the URL into their settings (`.git/config`) and logs.',
  remediation: 'Use `RUN --mount=type=secret` with a file that the program reads, or `--mount=type=ssh`.',
  controls: ['IA-5(7)', 'SC-28'],
  examples: {
    pass: ['FROM debian:12\nRUN git clone https://example.com/a && curl https://a.example/x@1:2\n'],
    fail: [
      'FROM debian:12\nARG T\nRUN git clone https://user:$T@example.com/a\n',
      'FROM python:3.13\nENV PIP_INDEX_URL=https://ci:hunter2@pypi.example.com/simple\n',
      'FROM debian:12\nRUN git clone https://$GH@github.com/acme/a\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { command } of buildCommands(instructionsOf(dockerfile, 'RUN'))) {
      const word = [...command.assignments, ...command.words].find(({ value }) => withUser.test(value));
      if (word)
        yield hitAt(dockerfile, word, `${command.program || 'an assignment'} has a URL with a password or token`);
    }
    yield* urlsInPairs(dockerfile);
  },
});

function* urlsInPairs(dockerfile: Dockerfile): Generator<CheckHit> {
  for (const { pairs, words } of instructionsOf(dockerfile, 'ENV', 'ARG', 'ADD', 'LABEL')) {
    for (const pair of pairs) {
      if (pair.value && withUser.test(pair.value.value))
        yield hitAt(dockerfile, pair.name, `${pair.name.value} is a URL with a password or token`);
    }
    const word = words.find(({ value }) => withUser.test(value));
    if (word) yield hitAt(dockerfile, word, 'ADD of a URL with a password or token');
  }
}

export const secretChecks = [secretArgument, secretEnvironment, urlCredentials];

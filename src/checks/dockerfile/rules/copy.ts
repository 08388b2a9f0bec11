import type { CheckHit } from '../../check.ts';
import type { Dockerfile, Flag, Instruction, Word } from '../document.ts';
import { imageName } from '../parse/base.ts';
import { dockerfileCheck, documentation, hadolint, hitAt, instructionsOf, shippedInstructions } from '../rule.ts';

interface CopySource {
  readonly instruction: Instruction;
  readonly flag: Flag;
  readonly value: string;
}

/** `--from` of COPY, where its value is known. */
function copySources(dockerfile: Dockerfile): CopySource[] {
  return instructionsOf(dockerfile, 'COPY').flatMap((instruction) => {
    const flag = instruction.flags.find(({ name }) => name === 'from');
    return flag?.value && !flag.isUnknown ? [{ instruction, flag, value: flag.value }] : [];
  });
}

type SourceKind = 'self' | 'above' | 'below' | 'number' | 'image';

function kindOf({ stages }: Dockerfile, { instruction, value }: CopySource): SourceKind {
  const name = value.toLowerCase();
  const own = stages[instruction.stage];
  if (stages.slice(0, instruction.stage).some((stage) => stage.name === name)) return 'above';
  if (own?.name === name) return 'self';
  if (/^\d{1,6}$/.test(name)) return numberKind(Number(name), instruction.stage);
  return stages.some((stage) => stage.name === name) ? 'below' : 'image';
}

function numberKind(number: number, stage: number): SourceKind {
  if (number === stage) return 'self';
  return number < stage ? 'above' : 'number';
}

const copyFromSelf = dockerfileCheck({
  id: 'dockerfile-copy-from-self',
  title: 'COPY --from names the stage that it stands in',
  severity: 'high',
  references: [documentation('copy---from'), hadolint('DL3023')],
  aliases: ['DS-0006', 'DL3023'],
  rationale:
    'A stage cannot copy from itself: the build fails, or takes an image of that name from a registry, which anybody may own.',
  remediation: 'Name the stage that has the files.',
  controls: ['CM-6', 'SR-3'],
  examples: {
    pass: ['FROM golang:1.23 AS build\nFROM debian:12\nCOPY --from=build /a /a\n'],
    fail: ['FROM golang:1.23 AS build\nCOPY --from=build /a /b\n', 'FROM golang:1.23\nCOPY --from=0 /a /b\n'],
  },
  *evaluate(dockerfile) {
    for (const source of copySources(dockerfile)) {
      if (kindOf(dockerfile, source) !== 'self') continue;
      yield hitAt(dockerfile, source.flag, `--from=${source.value} is the stage that it stands in`);
    }
  },
});

const copyFromUnknown = dockerfileCheck({
  id: 'dockerfile-copy-from-unknown',
  title: 'COPY --from names no stage above',
  severity: 'medium',
  references: [documentation('copy---from'), hadolint('DL3022')],
  aliases: ['DL3022'],
  rationale:
    'A name that is no stage above is taken for an image of a registry. With a slip of the pen the files come from a stranger.',
  remediation: 'Name a stage above, or the image with its registry and digest.',
  controls: ['CM-6', 'SR-3'],
  examples: {
    pass: [
      'FROM golang:1.23 AS build\nFROM debian:12\nCOPY --from=build /a /a\nCOPY --from=ghcr.io/acme/tool:1.2 /t /t\n',
    ],
    fail: [
      'FROM golang:1.23 AS build\nFROM debian:12\nCOPY --from=biuld /a /a\n',
      'FROM debian:12\nCOPY --from=later /a /a\nFROM debian:12 AS later\n',
      'FROM debian:12\nCOPY --from=3 /a /a\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const source of copySources(dockerfile)) {
      const kind = kindOf(dockerfile, source);
      const isBareName = kind === 'image' && !/[/:@.]/.test(source.value);
      if (kind === 'below') yield hitAt(dockerfile, source.flag, `the stage ${source.value} stands below`);
      else if (kind === 'number') yield hitAt(dockerfile, source.flag, `there is no stage ${source.value} above`);
      else if (isBareName) yield hitAt(dockerfile, source.flag, `no stage above is named ${source.value}`);
    }
  },
});

const copyFromImage = dockerfileCheck({
  id: 'dockerfile-copy-from-image',
  title: 'Files are copied from an image that is not pinned by digest',
  severity: 'low',
  references: [documentation('copy---from')],
  rationale: 'What is copied runs in the image as if it were its own, and changes whenever the tag is moved.',
  remediation: 'Add the digest: `--from=name:tag@sha256:…`.',
  controls: ['SI-7', 'SR-4'],
  examples: {
    pass: [
      'FROM debian:12\nCOPY --from=ghcr.io/acme/tool@sha256:b877a1a3fdf02469440f1768cf69c9771338a875b7add5e80c45b756c92ac20a /t /t\n',
    ],
    fail: ['FROM debian:12\nCOPY --from=ghcr.io/acme/tool:1 /t /t\n'],
  },
  *evaluate(dockerfile) {
    for (const source of copySources(dockerfile)) {
      if (kindOf(dockerfile, source) !== 'image' || imageName(source.value).digest !== undefined) continue;
      if (/[/:.]/.test(source.value)) yield hitAt(dockerfile, source.flag, `--from=${source.value} has no digest`);
    }
  },
});

const copyDestination = dockerfileCheck({
  id: 'dockerfile-copy-destination',
  title: 'Several files are copied to what is not written as a directory',
  severity: 'medium',
  references: [documentation('destination'), hadolint('DL3021')],
  aliases: ['DS-0011', 'DL3021'],
  rationale: 'With more than one source the destination must end with a slash, or the build fails.',
  remediation: 'Put a slash behind the destination.',
  controls: ['CM-6'],
  examples: {
    pass: ['FROM debian:12\nCOPY a b /c/\nCOPY a /c\nCOPY a b .\n'],
    fail: ['FROM debian:12\nCOPY a b /c\n', 'FROM debian:12\nADD ["a", "b", "c"]\n'],
  },
  *evaluate(dockerfile) {
    for (const { words, form } of instructionsOf(dockerfile, 'COPY', 'ADD')) {
      const last = words.at(-1);
      if (!last || words.length < 3 || last.unknown.length > 0 || /(?:[/\\]|^\.{1,2})$/.test(last.value)) continue;
      const at = form === 'json' || /["'`\\]/.test(last.raw) ? undefined : last.end;
      const fix = at === undefined ? {} : { fix: [{ start: at, end: at, text: '/' }] };
      yield hitAt(
        dockerfile,
        last,
        `${words.length - 1} sources go to ${last.value}, which has no slash at its end`,
        fix,
      );
    }
  },
});

const archive = /\.(?:tar|tar\.(?:gz|bz2|xz|lzma|zst)|tgz|tbz2?|txz|tzst|gz|bz2|xz|zst)$/i;

function isRemote(value: string): boolean {
  return /^(?:https?|ftp|git|ssh):\/\/|^git@/i.test(value);
}

const addInstead = dockerfileCheck({
  id: 'dockerfile-add-instead-of-copy',
  title: 'ADD where COPY does the same',
  severity: 'low',
  references: ['https://docs.docker.com/build/building/best-practices/#add-or-copy', hadolint('DL3020')],
  aliases: ['DS-0005', 'DL3020'],
  rationale:
    'ADD unpacks what is an archive and fetches what is a URL. A file that becomes one some day puts other things into the image than was meant.',
  remediation: 'Write COPY for plain files.',
  controls: ['CM-6', 'CM-7'],
  examples: {
    pass: [
      'FROM debian:12\nADD app.tar.gz /app/\nCOPY a /a\n',
      'FROM debian:12\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a /a\n',
    ],
    fail: ['FROM debian:12\nADD src /app/src\n', 'FROM debian:12\nadd --chown=1 ["a", "/b"]\n'],
  },
  *evaluate(dockerfile) {
    for (const instruction of instructionsOf(dockerfile, 'ADD')) {
      const { words, keywordSpan, heredocs, flags } = instruction;
      const sources = words.slice(0, -1);
      const needsAdd = sources.some(
        ({ value, unknown }) => isRemote(value) || archive.test(value) || unknown.length > 0 || /[*?[]/.test(value),
      );
      if (needsAdd || sources.length === 0 || heredocs.length > 0) continue;
      const isSame = flags.every(({ name }) => name === 'chown' || name === 'chmod' || name === 'link');
      const fix = isSame ? { fix: [{ ...keywordSpan, text: 'COPY' }] } : {};
      yield hitAt(dockerfile, instruction.keywordSpan, 'ADD of plain files', fix);
    }
  },
});

const addRemote = dockerfileCheck({
  id: 'dockerfile-add-remote-unverified',
  title: 'ADD takes what a URL gives, without a checksum',
  severity: 'medium',
  references: [documentation('add---checksum')],
  rationale: 'Whoever owns the server, or the name of a branch, decides what comes into the image.',
  remediation: 'Give `--checksum=sha256:…`; for a repository the commit behind `#`.',
  controls: ['SI-7', 'SR-4'],
  examples: {
    pass: [
      'FROM debian:12\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a /a\n',
      'FROM debian:12\nADD https://github.com/acme/app.git#1f0c4e2b7a9d8c6e5f4a3b2c1d0e9f8a7b6c5d4e /src\n',
    ],
    fail: [
      'FROM debian:12\nADD https://example.com/tool.tar.gz /opt/\n',
      'FROM debian:12\nADD https://github.com/acme/app.git#main /src\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { words, flags } of instructionsOf(dockerfile, 'ADD')) {
      if (flags.some(({ name }) => name === 'checksum')) continue;
      for (const source of words.slice(0, -1)) {
        if (!isRemote(source.value) || /#[0-9a-f]{40,64}(?::|$)/.test(source.value)) continue;
        yield hitAt(dockerfile, source, `nothing says what ${withoutUser(source.value)} must contain`);
      }
    }
  },
});

/** A URL may hold a password, which no report repeats. */
function withoutUser(url: string): string {
  return url.replace(/^([a-z+]{1,10}:\/\/)[^/@]{1,300}@/i, '$1…@').slice(0, 120);
}

const copyEverything = dockerfileCheck({
  id: 'dockerfile-copy-everything',
  title: 'The whole build context goes into the image',
  severity: 'low',
  references: ['https://docs.docker.com/build/building/best-practices/#exclude-with-dockerignore'],
  rationale:
    'History of the repository, keys, settings of the developer and whatever lies about are in the image unless `.dockerignore` leaves them out.',
  remediation: 'Copy what is needed by name, or list in `.dockerignore` what must stay out.',
  controls: ['CM-7', 'SC-28'],
  examples: {
    pass: [
      'FROM debian:12\nCOPY src /app/src\n',
      'FROM golang:1.23 AS build\nCOPY . .\nFROM scratch\nCOPY --from=build /app /app\n',
    ],
    fail: ['FROM node:24\nCOPY . .\n', 'FROM node:24\nADD ["./", "/app"]\n'],
  },
  *evaluate(dockerfile) {
    for (const { words, flags } of shippedInstructions(dockerfile, 'COPY', 'ADD')) {
      if (flags.some(({ name }) => name === 'from' || name === 'exclude')) continue;
      const whole = words.slice(0, -1).find(({ value }) => /^(?:\.|\.\/|\/|\*|\.\/\*)$/.test(value));
      if (whole)
        yield hitAt(dockerfile, whole, `everything in the build context but what .dockerignore names is copied`);
    }
  },
});

const secretFile =
  /(?:^|\/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.env(?:\.(?:local|prod|production|staging|dev|development))?|\.npmrc|\.pypirc|\.netrc|_netrc|\.git-credentials|\.pgpass|\.my\.cnf|\.htpasswd|\.dockercfg|\.aws|\.ssh|\.gnupg|\.kube|kubeconfig|credentials\.json|service[-_]account\.json|terraform\.tfstate|\.vault-token|[^/]{1,100}\.(?:pfx|p12|jks|keystore|kdbx|ppk)|(?:[^/]{0,100}[-_.])?(?:private|server|tls|ssl)[-_.]?key(?:\.pem)?|[^/]{1,100}\.key)\/?$|(?:^|\/)(?:\.aws\/credentials|\.docker\/config\.json|\.kube\/config)$/i;

function isSecretFile({ value }: Word): boolean {
  return secretFile.test(value.slice(-300)) && !/\.(?:pub|example|sample|dist|template)$/.test(value);
}

const copySecret = dockerfileCheck({
  id: 'dockerfile-copy-secret-file',
  title: 'A file that keeps secrets is copied',
  severity: 'high',
  references: ['https://docs.docker.com/build/building/secrets/'],
  aliases: ['DS-0031'],
  rationale: 'Whoever has the image, or the cache of its build, has the file, also when a later step deletes it.',
  remediation: 'Give the file to the step that needs it with `RUN --mount=type=secret` or `--mount=type=ssh`.',
  controls: ['IA-5(7)', 'SC-28'],
  examples: {
    pass: [
      'FROM debian:12\nCOPY id_rsa.pub .env.example /a/\nRUN --mount=type=secret,id=npmrc true\n',
      'FROM a:1 AS b\nFROM a:1\nCOPY --from=b /etc/app/app.crt /a\n',
    ],
    fail: [
      'FROM debian:12\nCOPY .ssh/id_rsa /root/.ssh/\n',
      'FROM node:24\nCOPY package.json .npmrc ./\n',
      'FROM a:1\nADD certs/server.key /etc/\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { words, heredocs } of instructionsOf(dockerfile, 'COPY', 'ADD')) {
      if (heredocs.length > 0) continue;
      for (const source of words.slice(0, -1)) {
        if (isSecretFile(source)) yield hitAt(dockerfile, source, `${source.value} goes into a layer`);
      }
    }
  },
});

const copyVersionControl = dockerfileCheck({
  id: 'dockerfile-copy-version-control',
  title: 'The history of the repository is copied into the image',
  severity: 'medium',
  references: ['https://docs.docker.com/build/building/best-practices/#exclude-with-dockerignore'],
  rationale:
    'It has every file that ever was in the repository, secrets that were deleted since among them, and often the address with a token.',
  remediation: 'Take from the repository what is needed before the build, or copy it in a stage that does not ship.',
  controls: ['CM-7', 'SC-28'],
  examples: {
    pass: [
      'FROM debian:12\nCOPY .gitignore /a\n',
      'FROM debian:12 AS build\nCOPY .git /src/.git\nFROM scratch\nCOPY --from=build /a /a\n',
    ],
    fail: ['FROM debian:12\nCOPY .git /src/.git\n'],
  },
  *evaluate(dockerfile): Generator<CheckHit> {
    for (const { words } of shippedInstructions(dockerfile, 'COPY', 'ADD')) {
      for (const source of words.slice(0, -1)) {
        if (/(?:^|\/)\.(?:git|svn|hg)\/?$/.test(source.value))
          yield hitAt(dockerfile, source, `${source.value} goes into the image`);
      }
    }
  },
});

export const copyChecks = [
  copyFromSelf,
  copyFromUnknown,
  copyFromImage,
  copyDestination,
  addInstead,
  addRemote,
  copyEverything,
  copySecret,
  copyVersionControl,
];

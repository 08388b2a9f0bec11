import type { CheckHit } from '../../check.ts';
import { untrustedPathEntry } from '../../environment.ts';
import { isSystemDirectory } from '../../system-directory.ts';
import type { Dockerfile, Instruction } from '../document.ts';
import {
  bestPractices,
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

const maintainer = dockerfileCheck({
  id: 'dockerfile-maintainer',
  title: 'MAINTAINER is deprecated',
  severity: 'info',
  references: [documentation('maintainer-deprecated'), hadolint('DL4000')],
  aliases: ['DS-0022', 'DL4000'],
  rationale: 'Builders warn about the instruction, and tools that ask whom to turn to read labels.',
  remediation: 'Write `LABEL org.opencontainers.image.authors="…"`.',
  controls: ['CM-8'],
  examples: {
    pass: ['FROM debian:12\nLABEL org.opencontainers.image.authors="Ops <ops@example.com>"\n'],
    fail: ['FROM debian:12\nMAINTAINER Ops <ops@example.com>\n'],
  },
  *evaluate(dockerfile) {
    for (const instruction of instructionsOf(dockerfile, 'MAINTAINER')) {
      const { start, end, isTrigger } = instruction;
      const name = dockerfile.text.slice(instruction.keywordSpan.end, end).trim();
      const isPlain = !isTrigger && /^[^"\\$`\n\r]{1,300}$/.test(name);
      const text = `LABEL org.opencontainers.image.authors="${name}"`;
      yield hitAt(
        dockerfile,
        instruction,
        `MAINTAINER ${name.slice(0, 60)}`,
        isPlain ? { fix: [{ start, end, text }] } : {},
      );
    }
  },
});

/** Instructions of which only the last counts, in a stage where there are several. */
function* repeated(dockerfile: Dockerfile, keyword: string): Generator<CheckHit> {
  for (const { instructions } of dockerfile.stages) {
    const found = instructions.filter((one) => one.keyword === keyword && !one.isTrigger);
    for (const instruction of found.slice(0, -1))
      yield hitAt(
        dockerfile,
        instruction,
        `a later ${keyword} of the stage takes the place of this one`,
        withoutLines(dockerfile, instruction),
      );
  }
}

/** An edit that takes the lines of an instruction out; none where comments would go with them. */
function withoutLines({ text }: Dockerfile, { start, end }: Instruction): Pick<CheckHit, 'fix'> {
  const begins = text.lastIndexOf('\n', start - 1) + 1;
  const feed = text.indexOf('\n', end);
  const isAlone = text.slice(begins, start).trim() === '' && !/\n[ \t]*#/.test(text.slice(start, end));
  return isAlone ? { fix: [{ start: begins, end: feed < 0 ? text.length : feed + 1, text: '' }] } : {};
}

const severalCommands = dockerfileCheck({
  id: 'dockerfile-cmd-repeated',
  title: 'A stage has several CMD',
  severity: 'medium',
  references: [documentation('cmd'), hadolint('DL4003')],
  aliases: ['DS-0016', 'DL4003'],
  rationale: 'Only the last one counts; the container does not start what the others say.',
  remediation: 'Keep the one that is meant.',
  controls: ['CM-6'],
  examples: {
    pass: ['FROM a:1 AS b\nCMD ["a"]\nFROM b\nCMD ["b"]\n'],
    fail: ['FROM a:1\nCMD ["a"]\nCMD ["b"]\n'],
  },
  evaluate: (dockerfile) => repeated(dockerfile, 'CMD'),
});

const severalEntrypoints = dockerfileCheck({
  id: 'dockerfile-entrypoint-repeated',
  title: 'A stage has several ENTRYPOINT',
  severity: 'medium',
  references: [documentation('entrypoint'), hadolint('DL4004')],
  aliases: ['DS-0007', 'DL4004'],
  rationale: 'Only the last one counts; what the others would have done, such as dropping privileges, does not happen.',
  remediation: 'Keep the one that is meant.',
  controls: ['CM-6'],
  examples: {
    pass: ['FROM a:1\nENTRYPOINT ["a"]\nCMD ["b"]\n'],
    fail: ['FROM a:1\nENTRYPOINT ["a"]\nENTRYPOINT ["b"]\n'],
  },
  evaluate: (dockerfile) => repeated(dockerfile, 'ENTRYPOINT'),
});

const severalHealthchecks = dockerfileCheck({
  id: 'dockerfile-healthcheck-repeated',
  title: 'A stage has several HEALTHCHECK',
  severity: 'low',
  references: [documentation('healthcheck'), hadolint('DL3012')],
  aliases: ['DS-0023', 'DL3012'],
  rationale: 'Only the last one counts; what the others look at is not looked at.',
  remediation: 'Keep one that looks at everything.',
  controls: ['CM-6'],
  examples: {
    pass: ['FROM a:1\nHEALTHCHECK CMD a\n'],
    fail: ['FROM a:1\nHEALTHCHECK CMD a\nHEALTHCHECK CMD b\n'],
  },
  evaluate: (dockerfile) => repeated(dockerfile, 'HEALTHCHECK'),
});

const noHealthcheck = dockerfileCheck({
  id: 'dockerfile-healthcheck-missing',
  title: 'Nothing says whether the container is well',
  severity: 'info',
  references: [documentation('healthcheck')],
  aliases: ['DS-0026'],
  rationale:
    'An engine goes on sending requests to a process that hangs. Kubernetes has probes of its own and does not read the instruction.',
  remediation: 'Add `HEALTHCHECK`, or probes where the image runs on Kubernetes.',
  controls: ['SI-13', 'CP-10'],
  examples: {
    pass: ['FROM a:1\nHEALTHCHECK CMD ["/healthy"]\n', 'FROM a:1 AS b\nHEALTHCHECK CMD a\nFROM b\n'],
    fail: ['FROM a:1\nCMD ["a"]\n', 'FROM a:1\nHEALTHCHECK NONE\n'],
  },
  *evaluate(dockerfile) {
    const last = lastStage(dockerfile);
    const found = shippedInstructions(dockerfile, 'HEALTHCHECK').filter(({ isTrigger }) => !isTrigger);
    const none = found.at(-1)?.words[0]?.value.toUpperCase() === 'NONE';
    if (none && found.length > 0)
      yield hitAt(
        dockerfile,
        found.at(-1) ?? { start: 0, end: 0 },
        'HEALTHCHECK NONE turns off what the base image asks',
      );
    else if (found.length === 0 && last) yield hitAt(dockerfile, last.from, 'there is no HEALTHCHECK');
  },
});

function isRelative(path: string): boolean {
  return !/^(?:[/\\$]|[A-Za-z]:|["'][/\\$])/.test(path);
}

const relativeWorkdir = dockerfileCheck({
  id: 'dockerfile-workdir-relative',
  title: 'WORKDIR is relative to what another file says',
  severity: 'low',
  references: [documentation('workdir'), hadolint('DL3000')],
  aliases: ['DS-0009', 'DL3000'],
  rationale: 'Where files go depends on the base image, and changes when that does.',
  remediation: 'Write the whole path.',
  controls: ['CM-6'],
  examples: {
    pass: ['FROM a:1\nWORKDIR /app\nWORKDIR src\n', 'FROM a:1\nWORKDIR $HOME\n'],
    fail: ['FROM a:1\nWORKDIR app\n'],
  },
  *evaluate(dockerfile) {
    for (const { instructions, base } of dockerfile.stages) {
      // Behind an absolute one of this file the place is known; stages of this file hand theirs on.
      let isKnown = base.kind === 'stage';
      for (const { keyword, words, isTrigger } of instructions) {
        const [path] = words;
        if (keyword !== 'WORKDIR' || !path || isTrigger) continue;
        if (!isRelative(path.value)) isKnown = true;
        else if (!isKnown) yield hitAt(dockerfile, path, `WORKDIR ${path.value} is relative`);
      }
    }
  },
});

const systemWorkdir = dockerfileCheck({
  id: 'dockerfile-workdir-system',
  title: 'The working directory is a directory of the system',
  severity: 'medium',
  references: [documentation('workdir')],
  aliases: ['DS-0030'],
  rationale: "Files of the application take the place of the system's, or are written where the kernel shows its own.",
  remediation: 'Work in a directory of the application, `/app` or `/srv/name`.',
  controls: ['CM-6', 'AC-6'],
  examples: {
    pass: ['FROM a:1\nWORKDIR /usr/src/app\nWORKDIR /var/lib/app\n'],
    fail: ['FROM a:1\nWORKDIR /etc\n', 'FROM a:1\nWORKDIR /proc/self\n'],
  },
  *evaluate(dockerfile) {
    for (const { words } of instructionsOf(dockerfile, 'WORKDIR')) {
      const [path] = words;
      // The root itself is common and does no harm.
      if (path && path.value !== '/' && isSystemDirectory(path.value))
        yield hitAt(dockerfile, path, `WORKDIR ${path.value}`);
    }
  },
});

const systemVolume = dockerfileCheck({
  id: 'dockerfile-volume-system',
  title: 'A directory of the system is a volume',
  severity: 'medium',
  references: [documentation('volume')],
  rationale:
    'The volume outlives the container and is shared: programs and settings of the system are then neither those of the image nor read-only.',
  remediation: 'Make only the directories of data volumes.',
  controls: ['CM-5', 'CM-6'],
  examples: {
    pass: ['FROM a:1\nVOLUME ["/var/lib/data", "/etc/app"]\n'],
    fail: ['FROM a:1\nVOLUME /etc\n', 'FROM a:1\nVOLUME ["/", "/data"]\n', 'FROM a:1\nVOLUME /var/run/docker.sock\n'],
  },
  *evaluate(dockerfile) {
    for (const { words } of instructionsOf(dockerfile, 'VOLUME')) {
      for (const word of words) {
        if (isSystemDirectory(word.value)) yield hitAt(dockerfile, word, `VOLUME ${word.value}`);
      }
    }
  },
});

const changeDirectory = dockerfileCheck({
  id: 'dockerfile-run-cd',
  title: 'A step changes the directory and nothing else',
  severity: 'low',
  references: [`${bestPractices}#workdir`, hadolint('DL3003')],
  aliases: ['DS-0013', 'DL3003'],
  rationale: 'The next step begins where this one began: files go to another place than was meant.',
  remediation: 'Use `WORKDIR`, which holds for all steps below.',
  controls: ['CM-6'],
  examples: {
    pass: ['FROM a:1\nRUN cd /src && make\nWORKDIR /src\n', 'FROM a:1\nRUN (cd /src; make)\n'],
    fail: ['FROM a:1\nRUN cd /src\nRUN make\n', 'FROM a:1\nRUN mkdir /a && cd /a\n'],
  },
  *evaluate(dockerfile) {
    for (const { commands } of instructionsOf(dockerfile, 'RUN')) {
      const last = commands.at(-1);
      if (last?.program === 'cd' && last.depth === 0)
        yield hitAt(dockerfile, last, `${quoted(dockerfile, last)} has no effect on what follows`);
    }
  },
});

/** Shell forms that hold: the last of the image's own. */
function shellForm(dockerfile: Dockerfile, keyword: string): Instruction | undefined {
  const last = shippedStages(dockerfile)
    .map(({ instructions }) => instructions.findLast((one) => one.keyword === keyword && !one.isTrigger))
    .find((one) => one !== undefined);
  return last?.form === 'words' ? last : undefined;
}

const shellEntrypoint = dockerfileCheck({
  id: 'dockerfile-entrypoint-shell-form',
  title: 'ENTRYPOINT is in the shell form',
  severity: 'low',
  references: ['https://docs.docker.com/reference/build-checks/json-args-recommended/', hadolint('DL3025')],
  aliases: ['DL3025'],
  rationale:
    'A shell is process 1: it does not pass signals on, so that the program is killed instead of stopped, and arguments of whoever starts the container are lost.',
  remediation:
    'Write the JSON form: `ENTRYPOINT ["program", "argument"]`; with variables, a script that ends in `exec`.',
  controls: ['CM-6', 'CM-7'],
  examples: {
    pass: ['FROM a:1\nENTRYPOINT ["/a", "b"]\n', 'FROM a:1\nENTRYPOINT exec /a $B\n'],
    fail: ['FROM a:1\nENTRYPOINT /a b\n'],
  },
  *evaluate(dockerfile) {
    const instruction = shellForm(dockerfile, 'ENTRYPOINT');
    if (instruction && !isExec(instruction)) yield hitAt(dockerfile, instruction, quoted(dockerfile, instruction));
  },
});

function isExec({ commands }: Instruction): boolean {
  return commands.at(-1)?.wrappers[0] === 'exec';
}

const shellCommand = dockerfileCheck({
  id: 'dockerfile-cmd-shell-form',
  title: 'CMD is in the shell form',
  severity: 'info',
  references: ['https://docs.docker.com/reference/build-checks/json-args-recommended/', hadolint('DL3025')],
  aliases: ['DL3025'],
  rationale:
    'A shell is process 1: it does not pass signals on, so that the program is killed instead of stopped; and the image needs a shell.',
  remediation: 'Write the JSON form: `CMD ["program", "argument"]`; with variables, a script that ends in `exec`.',
  controls: ['CM-6', 'CM-7'],
  examples: {
    pass: ['FROM a:1\nCMD ["/a", "b"]\n', 'FROM a:1\nCMD exec /a $B\n'],
    fail: ['FROM a:1\nCMD /a b\n'],
  },
  *evaluate(dockerfile) {
    const instruction = shellForm(dockerfile, 'CMD');
    if (instruction && !isExec(instruction)) yield hitAt(dockerfile, instruction, quoted(dockerfile, instruction));
  },
});

const labels = dockerfileCheck({
  id: 'dockerfile-labels-missing',
  title: 'The image does not say what it was made from',
  severity: 'info',
  references: ['https://specs.opencontainers.org/image-spec/annotations/'],
  rationale: 'When something is found in a running image, nobody can tell from it which repository and commit to mend.',
  remediation:
    'Add the labels `org.opencontainers.image.source` and `org.opencontainers.image.revision`, here or with `--label` in the pipeline.',
  controls: ['CM-8', 'SR-4'],
  examples: {
    pass: [
      'FROM a:1\nLABEL org.opencontainers.image.source=https://example.com/a org.opencontainers.image.revision=$REV\n',
    ],
    fail: ['FROM a:1\nLABEL version=1\n'],
  },
  *evaluate(dockerfile) {
    const names = new Set(
      shippedInstructions(dockerfile, 'LABEL').flatMap(({ pairs }) => pairs.map(({ name }) => name.value)),
    );
    const last = lastStage(dockerfile);
    const missing = ['source', 'revision'].filter((name) => !names.has(`org.opencontainers.image.${name}`));
    if (last && missing.length > 0)
      yield hitAt(dockerfile, last.from, `no label org.opencontainers.image.${missing.join(' and ')}`);
  },
});

const writablePath = dockerfileCheck({
  id: 'dockerfile-path-writable',
  title: 'Programs are looked for where anybody may put them',
  severity: 'medium',
  references: ['https://cwe.mitre.org/data/definitions/426.html'],
  rationale: 'Whoever can write to the directory has their program run in place of the one that was meant.',
  remediation: 'Keep only whole paths in `PATH` that root alone can write to.',
  controls: ['CM-6', 'AC-6'],
  examples: {
    pass: ['FROM a:1\nENV PATH=/opt/app/bin:$PATH\n'],
    fail: [
      'FROM a:1\nENV PATH=/tmp/bin:$PATH\n',
      'FROM a:1\nENV PATH=node_modules/.bin:$PATH\n',
      'FROM a:1\nENV PATH=$PATH:.\n',
    ],
  },
  *evaluate(dockerfile) {
    for (const { pairs } of shippedInstructions(dockerfile, 'ENV')) {
      for (const { name, value } of pairs) {
        if (name.value !== 'PATH' || !value || value.value.includes('\\')) continue;
        const bad = untrustedPathEntry(value.value);
        if (bad !== undefined)
          yield hitAt(dockerfile, value, `PATH has ${bad === '' ? 'an empty entry, the current directory' : bad}`);
      }
    }
  },
});

export const instructionChecks = [
  maintainer,
  severalCommands,
  severalEntrypoints,
  severalHealthchecks,
  noHealthcheck,
  relativeWorkdir,
  systemWorkdir,
  systemVolume,
  changeDirectory,
  shellEntrypoint,
  shellCommand,
  labels,
  writablePath,
];

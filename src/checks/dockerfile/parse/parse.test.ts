// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Dockerfile, Instruction } from '../document.ts';
import { parseDockerfile } from './index.ts';

const parse = (text: string): Dockerfile => parseDockerfile(text, '2026-11-24');

/** `KEYWORD form word|word name=value` of each instruction. */
function outline({ instructions }: Dockerfile): string[] {
  return instructions.map(({ keyword, flags, words, pairs, form, isTrigger }) =>
    [
      isTrigger ? `ONBUILD ${keyword}` : keyword,
      ...flags.map(({ name, value }) => `--${name}=${value ?? ''}`),
      ...(form === 'json' ? ['json'] : []),
      ...words.map(({ value }) => `<${value}>`),
      ...pairs.map(({ name, value }) => `${name.value}=${value?.value ?? '?'}`),
    ].join(' '),
  );
}

const commandsOf = ({ commands }: Instruction) =>
  commands.map(({ joiner, program, arguments: words }) =>
    [joiner, program, ...words.map(({ value }) => value)].join(' '),
  );

describe('instructions', () => {
  const cases: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
    [
      'names and words',
      'from a:1 As x\nCOPY --from=x --chown=1 a b/\n',
      ['FROM <a:1> <As> <x>', 'COPY --from=x --chown=1 <a> <b/>'],
    ],
    [
      'JSON and what only looks like it',
      'FROM a\nCMD ["a", "b c"]\nCOPY [\'a\', \'b\']\n',
      ['FROM <a>', 'CMD json <a> <b c>', 'COPY <[a,> <b]>'],
    ],
    [
      'pairs',
      'FROM a\nENV A=b "C"="d e" F=g\\ h\nENV old style\nARG X Y=\n',
      ['FROM <a>', 'ENV A=b C=d e F=g h', 'ENV old=style', 'ARG X=? Y='],
    ],
    [
      'continuations, comments and empty lines inside',
      'FROM a\nEXPOSE 80 \\\n# 81 \\\n\n  82\n',
      ['FROM <a>', 'EXPOSE <80> <82>'],
    ],
    [
      'an escaped escape continues nothing',
      'FROM a\nCOPY a b\\\\\nUSER x\n',
      ['FROM <a>', 'COPY <a> <b\\>', 'USER <x>'],
    ],
    ['another escape', '# escape=`\nFROM a\nCOPY a `\n c:\\\nUSER x\n', ['FROM <a>', 'COPY <a> <c:\\>', 'USER <x>']],
    ['a directive behind a comment is none', '# x\n# escape=`\nFROM a\nUSER \\\n b\n', ['FROM <a>', 'USER <b>']],
    ['a byte order mark and carriage returns', '\ufeffFROM a\r\nUSER \\\r\n  b\r\n', ['FROM <a>', 'USER <b>']],
    ['triggers', 'FROM a\nONBUILD copy a b\n', ['FROM <a>', 'ONBUILD COPY <a> <b>']],
    [
      'no here-document in a list',
      'FROM a\nRUN ["a", "<<E"]\nUSER b\n',
      ['FROM <a>', 'RUN json <a> <<<E>', 'USER <b>'],
    ],
  ];
  for (const [what, text, expected] of cases) {
    test(what, () => {
      const dockerfile = parse(text);
      assert.deepEqual(outline(dockerfile), expected);
      assert.deepEqual(dockerfile.faults, []);
    });
  }

  test('words stand where they say, over continued lines too', () => {
    const { text, instructions } = parse('FROM a\nEXPOSE 80 \\\n# c\n  81\n');
    const words = instructions[1]?.words ?? [];
    assert.deepEqual(
      words.map(({ start, end }) => text.slice(start, end)),
      ['80', '81'],
    );
  });
});

describe('here-documents', () => {
  test('are taken from the lines below and closed in order', () => {
    const [, copy, user] = parse('FROM a\nCOPY <<A <<-"B" /x/\na $x\nA\n\tb\n\tB\nUSER c\n').instructions;
    assert.deepEqual(
      copy?.heredocs.map(({ name, content, expands, stripsTabs }) => [name, content, expands, stripsTabs]),
      [
        ['A', 'a $x', true, false],
        ['B', '\tb', false, true],
      ],
    );
    assert.equal(user?.keyword, 'USER');
  });

  test('alone or of a shell they are scripts; of other programs they are not', () => {
    const text =
      'FROM a\nRUN <<E\nx y\nE\nRUN bash <<E\nz\nE\nRUN python3 <<E\nimport os\nE\nRUN <<E\n#!/usr/bin/env python3\nimport os\nE\n';
    const [, ...runs] = parse(text).instructions;
    assert.deepEqual(runs.map(commandsOf), [['start x y'], ['start bash', 'start z'], ['start python3'], []]);
  });

  test('without an end it is a fault', () => {
    assert.match(parse('FROM a\nRUN <<E\nx\n').faults[0]?.message ?? '', /E has no end/);
  });
});

describe('variables', () => {
  const cases: readonly (readonly [text: string, expected: string])[] = [
    ['ARG V=1\nFROM a:${V}\nUSER $V', '$V'],
    ['ARG V=1\nFROM a\nARG V\nUSER ${V}', '1'],
    ['FROM a\nARG V=1\nENV V=2\nUSER $V', '2'],
    ['FROM a AS x\nENV V=2\nFROM x\nUSER $V', '2'],
    ['FROM a AS x\nARG V=2\nFROM x\nUSER $V', '$V'],
    ['FROM a\nUSER ${V:-b${W:-c}}d', 'bcd'],
    ['FROM a\nENV V=x\nUSER ${V:+y}${W+z}', 'y'],
    ['FROM a\nENV V=x W=$V\nUSER $W', '$W'],
    ['FROM a\nENV V=x\nUSER \'$V\'"$V"\\$V', '$Vx$V'],
    ['FROM a\nENV V=${V:-${V:-${V:-1}}}\nUSER $V', '1'],
  ];
  for (const [text, expected] of cases) {
    test(text.replaceAll('\n', ' · '), () => {
      assert.equal(parse(text).instructions.at(-1)?.words[0]?.value, expected);
    });
  }

  test('a value that doubles with every line stays small', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `ENV V${index + 1}=$V${index}$V${index}`);
    const dockerfile = parse(`FROM a\nENV V0=${'x'.repeat(100)}\n${lines.join('\n')}\n`);
    const lengths = dockerfile.instructions.flatMap(({ pairs }) => pairs.map(({ value }) => value?.value.length ?? 0));
    assert.ok(Math.max(...lengths) <= 16 * 1024);
  });
});

test('stages begin from images, stages and nothing', () => {
  const { stages } = parse('FROM reg:5000/a/b:1@sha256:00 AS X\nFROM x AS y\nFROM scratch\nFROM reg:5000/a\n');
  assert.deepEqual(
    stages.map(({ name, base }) => [
      name,
      base.kind,
      base.kind === 'image' ? [base.repository, base.tag, base.digest] : undefined,
    ]),
    [
      ['x', 'image', ['reg:5000/a/b', '1', 'sha256:00']],
      ['y', 'stage', undefined],
      [undefined, 'scratch', undefined],
      [undefined, 'image', ['reg:5000/a', undefined, undefined]],
    ],
  );
});

test('commands of other shells are not read as those of a POSIX shell', () => {
  const text =
    'FROM a\nSHELL ["powershell", "-Command"]\nRUN curl x | iex\nSHELL ["/bin/bash", "-c"]\nRUN a\nFROM b\nRUN c\n';
  assert.deepEqual(
    parse(text)
      .instructions.filter(({ keyword }) => keyword === 'RUN')
      .map(commandsOf),
    [[], ['start a'], ['start c']],
  );
});

describe('comments that ignore', () => {
  const cases: readonly (readonly [comment: string, ids: readonly string[], reason: string, lines: string])[] = [
    ['# plimsoll:ignore dockerfile-x, DL3008 because', ['dockerfile-x', 'DL3008'], 'because', '3-4'],
    ['# hadolint ignore=DL3006,DL3008', ['DL3006', 'DL3008'], '', '3-4'],
    ['#trivy:ignore:AVD-DS-0002 why', ['DS-0002'], 'why', '3-4'],
    ['# hadolint global ignore=DL3006', ['DL3006'], '', '1-6'],
    ['# plimsoll:ignore-file dockerfile-x', ['dockerfile-x'], '', '1-6'],
  ];
  for (const [comment, ids, reason, lines] of cases) {
    test(comment, () => {
      const [ignore] = parse(`FROM a\n${comment}\nRUN b \\\n c\nUSER d\n`).ignores;
      assert.deepEqual([ignore?.ids, ignore?.reason, `${ignore?.firstLine}-${ignore?.lastLine}`], [ids, reason, lines]);
    });
  }

  test('hold to the day that they name', () => {
    const [ignore] = parse('FROM a\n# plimsoll:ignore dockerfile-x until 2027-01-31 moved then\nRUN b\n').ignores;
    assert.deepEqual([ignore?.expires, ignore?.reason], ['2027-01-31', 'moved then']);
  });

  test('are found between the lines of an instruction, not in a here-document', () => {
    const text = 'FROM a\nRUN b \\\n# hadolint ignore=DL1\n c\nRUN <<E\n# hadolint ignore=DL2\nE\n';
    assert.deepEqual(
      parse(text).ignores.map(({ ids, firstLine, lastLine }) => [ids, firstLine, lastLine]),
      [[['DL1'], 2, 4]],
    );
  });
});

describe('what cannot be understood is a fault, and the rest is read', () => {
  const cases: readonly (readonly [text: string, fault: RegExp, instructions: number])[] = [
    ['', /no FROM/, 0],
    ['FROM a\nINSTALL b\nUSER c\n', /no instruction of a Dockerfile: INSTALL b/, 2],
    ['RUN a\nFROM b\n', /before the first FROM/, 2],
    ['FROM a\nRUN\nUSER b\n', /RUN has no arguments/, 2],
    ['FROM a b\n', /neither image nor name/, 1],
    ['FROM a\nENV B\n', /name without a value/, 2],
    ['FROM a\nONBUILD FROM b\n', /cannot have/, 1],
    ['# escape=x\nFROM a\n', /neither a backslash nor a backtick/, 1],
    ['F\0R\0O\0M\0', /no text/, 0],
    [`FROM a\n${'USER b\n'.repeat(5000)}`, /more than 5000 instructions/, 5000],
    [`FROM a\n#${'x'.repeat(1024 * 1024)}`, /longer than 1 MiB/, 1],
    [`FROM a\nRUN ${'a '.repeat(120_000)}`, /too many words/, 2],
  ];
  for (const [text, fault, instructions] of cases) {
    test(fault.source, () => {
      const dockerfile = parse(text);
      assert.ok(
        dockerfile.faults.some(({ message }) => fault.test(message)),
        JSON.stringify(dockerfile.faults),
      );
      assert.equal(dockerfile.instructions.length, instructions);
    });
  }
});

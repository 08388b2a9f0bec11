// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of other languages.
import assert from 'node:assert/strict';
import { unifiedDiff } from '#remedy/diff/index.ts';
import { foundationOf, globalArguments, stagesOf } from '#remedy/dockerfile/from.ts';
import { installLines } from '#remedy/dockerfile/install-lines.ts';
import { parseDockerfile } from '#remedy/dockerfile/parse.ts';
import { withOverride, withoutScripts, withSpecifier } from '#remedy/npm/manifest.ts';
import { passedSettings } from '#remedy/npm/settings.ts';
import { raiseRequirements } from '#remedy/requirements/raise.ts';
import type { FuzzTarget } from '../target.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

export const dockerfileEdits: FuzzTarget = {
  id: 'dockerfile-edits',
  title: 'Dockerfiles that are edited',
  form: 'text',
  seeds: () => [
    Buffer.from(
      '# escape=`\nARG V="1"\nFROM --platform=x a:${V}-slim AS b\nRUN --mount=type=x `\n# c\n apt-get install -y `\n a=1 "b" && x\nRUN <<E\nE\nFROM b\n',
    ),
    Buffer.from('FROM a\nRUN set -e; if x; then apk add -t y a=1; fi \\\n && dnf install $(x) a-1-2\nRUN ["x"]\n'),
  ],
  run(bytes) {
    const file = parseDockerfile(text(bytes));
    let end = 0;
    for (const instruction of file.instructions) {
      assert.ok(instruction.start >= end && instruction.end >= instruction.start, 'instructions follow each other');
      end = instruction.end;
    }
    for (const { start, end: until, reference } of stagesOf(file))
      assert.equal(file.text.slice(start, until), reference);
    for (const { start, end: until, value } of globalArguments(file))
      assert.equal(file.text.slice(start, until), value);
    for (const { packages } of installLines(file).lines)
      for (const word of packages) assert.equal(file.text.slice(word.start, word.end), word.text);
    foundationOf(stagesOf(file));
  },
};

export const requirementsEdits: FuzzTarget = {
  id: 'requirements-edits',
  title: 'requirements files that are edited',
  form: 'text',
  seeds: () => [
    Buffer.from(
      'A[x, y] == 1.0 ; python_version < "3" # c\na>=0.1,<2 \\\n  --hash=sha256:0\n-r b.txt\na @ https://x\r\n',
    ),
  ],
  run(bytes) {
    const before = text(bytes);
    const { text: after, raised } = raiseRequirements(before, [{ name: 'a', from: '1.0', to: '1.1' }]);
    if (raised.size === 0) assert.equal(after, before);
    assert.equal(after.split('\n').length, before.split('\n').length, 'lines stay lines');
  },
};

export const manifestEdits: FuzzTarget = {
  id: 'manifest-edits',
  title: 'package.json files that are edited, and settings beside them',
  form: 'json',
  seeds: () => [
    Buffer.from(
      '{\n  "dependencies": {"a": "^1.0.0", "b": [1, {"c": "\\u0061"}]},\n  "scripts": {"x": "y"}, "overrides": {}\n}\n',
    ),
    Buffer.from('registry=https://x/\n@a:registry=https://y/\n//x/:_authToken=${T}\ngit=./x\n'),
  ],
  run(bytes) {
    const before = text(bytes);
    for (const line of passedSettings(before).text.split('\n')) assert.doesNotMatch(line, /^(?:git|script-shell|\/\/)/);
    const members = parsed(before);
    const after = [
      withSpecifier(before, 'a', '^1.0.0', '^1.0.1'),
      withoutScripts(before),
      withOverride(before, 'a', '2'),
    ];
    for (const one of after)
      if (members !== undefined && one !== undefined) assert.notEqual(parsed(one), undefined, one);
    unifiedDiff({ path: 'x', before, after: after[0] ?? '' });
  },
};

function parsed(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

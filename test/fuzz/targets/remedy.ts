// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of other languages.
import assert from 'node:assert/strict';
import { parseDockerfile } from '#checks/index.ts';
import { mendText } from '#remedy/configuration/mend.ts';
import { recheck } from '#remedy/configuration/recheck.ts';
import { unifiedDiff } from '#remedy/diff/index.ts';
import { foundationOf, withReference } from '#remedy/dockerfile/from.ts';
import { installLines } from '#remedy/dockerfile/install-lines.ts';
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
    const file = parseDockerfile(text(bytes), '');
    for (const { packages } of installLines(file).lines)
      for (const word of packages) assert.equal(file.text.slice(word.start, word.end), word.text);
    const stage = foundationOf(file);
    if (!stage) return;
    const place = withReference(file, stage, stage.base.word.value);
    if (place) assert.ok(place.start <= place.end && place.end <= file.text.length, 'it stands in the file');
  },
};

const today = '2026-11-24';
const subjects = [
  ['Dockerfile', 'dockerfile'],
  ['compose.yaml', 'compose'],
  ['web.yaml', 'kubernetes'],
] as const;

export const configurationEdits: FuzzTarget = {
  id: 'configuration-edits',
  title: 'Dockerfiles, Compose files and manifests that are mended',
  form: 'text',
  seeds: () => [
    Buffer.from('FROM node:22\nRUN apt-get update && \\\n apt-get install x\nADD a /a\nCMD a\nCMD b\n'),
    Buffer.from(
      'services: &s\n  a: {image: "x:1", privileged: true}\n  b:\n    <<: *s\n    security_opt:\n    - label=a\n',
    ),
    Buffer.from(
      'apiVersion: v1\nkind: Pod\nspec:\n  hostPID: true\n  containers:\n  - name: a\n    image: x:1\n    securityContext: {}\n',
    ),
  ],
  run(bytes) {
    const before = text(bytes);
    for (const [path, subject] of subjects) {
      const as = { path, subject, today };
      const checked = recheck(before, as);
      const { checked: after } = mendText(as, checked, () => true);
      assert.ok(after.notAssessed <= checked.notAssessed, 'what could be read still can be');
      for (const [id, [count]] of after.failures)
        assert.ok(count <= (checked.failures.get(id)?.[0] ?? 0), `${id} does not fail more often`);
    }
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

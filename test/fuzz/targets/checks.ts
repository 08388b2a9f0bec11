// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of other languages.
import assert from 'node:assert/strict';
import { checkFiles, type MisconfigurationFinding } from '#checks/index.ts';
import type { FuzzTarget } from '../target.ts';

const seeds = [
  'services:\n  web:\n    image: nginx\n    privileged: true\n    ports: ["8080:80", {target: 22, published: 22}]\n    volumes: [/:/host:rshared, {type: bind, source: ~/.ssh, target: /a}]\n    environment: [A_PASSWORD=${B:-c}]\n    build: {args: {TOKEN: x}}\n    ulimits: {core: -1}\n    # plimsoll:ignore compose-user-missing until 2030-01-01 why\n',
  'x-a: &a {read_only: true}\nservices:\n  a: {<<: *a, extends: b, build: .}\n  b: {extends: a, image: x, deploy: {restart_policy: {}}}\n',
  'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostPID: true\n  containers: [{name: a, image: b, securityContext: {privileged: true}}]\n---\napiVersion: v1\nkind: List\nitems: []\n',
  'FROM a:latest AS b\nRUN curl x | sh\nUSER root\n# plimsoll:ignore dockerfile-user-root why\nCOPY . .\n',
];

/** The same text as a Compose file or manifest and as a Dockerfile, through all checks. */
export const checkedFiles: FuzzTarget = {
  id: 'checked-files',
  title: 'Files that are checked',
  form: 'text',
  maxBytes: 16 * 1024,
  maxMs: 3000,
  testIterations: 40,
  seeds: () => seeds.map((seed) => Buffer.from(seed)),
  run(bytes) {
    const text = Buffer.from(bytes).toString('utf8');
    for (const [path, kind] of [
      ['compose.yaml', 'yaml'],
      ['Dockerfile', 'dockerfile'],
    ] as const) {
      const { findings, problems } = checkFiles([{ path, fragment: { kind, text } }], { today: '2026-11-24' });
      assert.deepEqual(
        problems.filter(({ code }) => code === 'check-failed'),
        [],
      );
      for (const finding of findings) liesInside(finding, text);
    }
  },
};

function liesInside({ position, fix = [], id }: MisconfigurationFinding, text: string): void {
  assert.ok(position.line >= 1 && position.line <= text.split('\n').length, `${id} points at a line that is there`);
  assert.ok(position.column >= 1, `${id} points at a column`);
  for (const { start, end } of fix) assert.ok(0 <= start && start <= end && end <= text.length, `${id} edits the text`);
}

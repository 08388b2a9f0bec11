import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { err } from '#foundation/index.ts';
import { sampleReport } from '../../../test/kit/report.ts';
import { planFixes } from '../plan/index.ts';
import { proposeEdits } from '../propose.ts';
import { recheck } from './recheck.ts';

const compose = 'services:\n  web:\n    image: x:1@sha256:0\n    privileged: true\n';
const today = '2026-11-24';

/** What is proposed for files that were scanned with these texts and may have others now. */
async function proposed(
  context: TestContext,
  scanned: Readonly<Record<string, string>>,
  choices: {
    only?: string[];
    severities?: 'critical'[];
    allowsBreaking?: boolean;
    change?: (root: string) => void;
  } = {},
) {
  const root = mkdtempSync(join(tmpdir(), 'plimsoll-configuration-'));
  context.after(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries(scanned)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  choices.change?.(root);
  const findings = Object.entries(scanned).flatMap(
    ([path, text]) => recheck(text, { path, subject: 'compose', today }).findings,
  );
  const report = sampleReport({
    artifact: { kind: 'tree', scheme: 'directory', name: root, tags: [], layers: [] },
    scanners: ['misconfiguration'],
    findings,
  });
  const { edits, refusals } = await proposeEdits(planFixes(report), {
    root,
    report,
    only: choices.only ?? [],
    severities: choices.severities ?? [],
    allowsBreaking: choices.allowsBreaking ?? false,
    allowsOverrides: false,
    assess: async () => err('not asked for'),
    registry: { tags: async () => err('not asked for'), digest: async () => err('not asked for') },
    signal: AbortSignal.timeout(20_000),
  });
  return {
    edits: Object.fromEntries(edits.map(({ file, after }) => [file.path, after])),
    refusals: refusals.map(({ step, reason }) => `${step}: ${reason}`),
  };
}

test('what nobody can miss is written, the rest when it is asked for', async (context) => {
  const careful = await proposed(context, { 'a/compose.yaml': compose });
  assert.match(careful.edits['a/compose.yaml'] ?? '', /no-new-privileges:true/);
  assert.match(careful.edits['a/compose.yaml'] ?? '', /privileged: true/);
  assert.match(
    careful.refusals.join('\n'),
    /^compose-privileged@a\/compose.yaml: it may break a program .*: --breaking takes it$/m,
  );
  const all = await proposed(context, { 'a/compose.yaml': compose }, { allowsBreaking: true });
  assert.match(all.edits['a/compose.yaml'] ?? '', /privileged: false/);
  assert.deepEqual(all.refusals, []);
});

test('only what is named, by kind, check, step, file or severity', async (context) => {
  const files = { 'a/compose.yaml': compose, 'b/compose.yaml': compose };
  const table: readonly [only: string[], severities: 'critical'[], edited: string[]][] = [
    [['misconfiguration'], [], ['a/compose.yaml', 'b/compose.yaml']],
    [['compose-privileged'], [], ['a/compose.yaml', 'b/compose.yaml']],
    [['compose-privileged@b/compose.yaml'], [], ['b/compose.yaml']],
    [['a/compose.yaml'], [], ['a/compose.yaml']],
    [['CVE-2026-1'], [], []],
    [[], ['critical'], ['a/compose.yaml', 'b/compose.yaml']],
    [['compose-new-privileges'], ['critical'], []],
  ];
  for (const [only, severities, edited] of table) {
    const { edits } = await proposed(context, files, { only, severities, allowsBreaking: true });
    assert.deepEqual(Object.keys(edits).sort(), edited, JSON.stringify([only, severities]));
  }
});

test('one line for a check that is left in many files', async (context) => {
  const files = Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}/compose.yaml`, compose]));
  const { refusals } = await proposed(context, files);
  assert.ok(refusals.some((line) => line.startsWith('compose-privileged in 3 files: ')));
});

test('a file that changed since the scan, or is not where it was, is left', async (context) => {
  const table: readonly [RegExp, (root: string) => void][] = [
    [/has changed since it was scanned/, (root) => writeFileSync(join(root, 'compose.yaml'), `# new\n${compose}`)],
    [/is not there/, (root) => rmSync(join(root, 'compose.yaml'))],
    [
      /symbolic link/,
      (root) => {
        rmSync(join(root, 'compose.yaml'));
        writeFileSync(join(root, 'elsewhere'), compose);
        symlinkSync('elsewhere', join(root, 'compose.yaml'));
      },
    ],
    [
      /1048577 bytes/,
      (root) => writeFileSync(join(root, 'compose.yaml'), `${compose}#${' '.repeat(1024 * 1024 - compose.length)}`),
    ],
  ];
  for (const [words, change] of table) {
    const { edits, refusals } = await proposed(context, { 'compose.yaml': compose }, { allowsBreaking: true, change });
    assert.deepEqual(edits, {});
    assert.match(refusals.join('\n'), words);
  }
});

test('files in archives are left', async (context) => {
  const { edits, refusals } = await proposed(context, { 'a.zip!/compose.yaml': compose });
  assert.deepEqual(edits, {});
  assert.match(refusals.join('\n'), /lies in an archive/);
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Dockerfiles.
import assert from 'node:assert/strict';
import { checkImageConfig } from '#checks/index.ts';
import { parseDockerfile } from '../../../src/checks/dockerfile/index.ts';
import { evaluateChecks } from '../../../src/checks/evaluate.ts';
import { applyEdits } from '../../kit/text-edits.ts';
import type { FuzzTarget } from '../target.ts';

const today = '2026-11-24';

const texts = [
  '# syntax=docker/dockerfile:1\nARG V=1\nFROM --platform=$BUILDPLATFORM golang:${V:-2} AS build\nRUN --mount=type=cache,target=/x a && \\\n  # c\n  b "$(c `d`)" | sh\nFROM scratch\nCOPY --from=build --chmod=777 a b/\n',
  'FROM debian\nRUN <<EOF bash\napt install x\ncat <<E\nE\nEOF\nCOPY <<-"A" <<B /x/\n\ta\n\tA\nb\nB\nUSER root\n',
  '# escape=`\nFROM a:1\nRUN dir `\n  c:\\\nENV A=b "C=d" E=\'f\' old\nENV x y z\nLABEL a="b c"\nADD ["https://u:p@h/x", "/y"]\n',
  'FROM a:1\nMAINTAINER x <y>\nONBUILD RUN sudo apt-get update\nHEALTHCHECK --interval=1s CMD ["a"]\nCMD a\nCMD ["b"]\nENTRYPOINT exec ${A:+${B-c}}\nEXPOSE 22 1-99999\nWORKDIR a\nVOLUME ["/etc"]\n# hadolint ignore=DL3003\nRUN cd /x\n',
];

/** Reads, asks all checks, and makes every edit that they propose: nothing else may change and positions must exist. */
export const dockerfiles: FuzzTarget = {
  id: 'dockerfile',
  title: 'Dockerfiles with all their checks and fixes',
  form: 'text',
  seeds: () => texts.map((text) => Buffer.from(text)),
  maxBytes: 32 * 1024,
  run(bytes) {
    const text = Buffer.from(bytes).toString();
    const dockerfile = parseDockerfile(text, today);
    const lines = text.split('\n').length;
    for (const { start, end, message } of dockerfile.faults) {
      assert.ok(message !== '' && start >= 0 && end <= text.length, 'a fault has a place and words');
    }
    for (const { start, end, words } of dockerfile.instructions) {
      for (const word of words)
        assert.ok(start <= word.start && word.end <= end, 'words lie inside of their instruction');
    }
    const evaluation = evaluateChecks('dockerfile', dockerfile, 'Dockerfile', { ignores: dockerfile.ignores, today });
    assert.ok(evaluation.problems.every(({ code }) => code !== 'check-failed'));
    for (const { position } of evaluation.findings) {
      assert.ok(position.line >= 1 && position.line <= lines && position.column >= 1, 'a finding has a place');
    }
    const fixes = evaluation.findings.flatMap(({ fix }) => (fix ? [fix] : []));
    for (const fix of fixes.slice(0, 5)) parseDockerfile(applyEdits(text, fix), today);
  },
};

/** What builders write into the history of an image. */
export const imageSteps: FuzzTarget = {
  id: 'image-steps',
  title: 'build steps of images with the checks of configurations',
  form: 'text',
  seeds: () =>
    [
      '/bin/sh -c #(nop) ADD file:ab in / \n/bin/sh -c a && sudo b\nPATH=/tmp::/x',
      'RUN |2 A=1 B=2 /bin/sh -c curl https://x | bash # buildkit\nCOPY . . # buildkit\nENV A=b',
    ].map((text) => Buffer.from(text)),
  run(bytes) {
    const lines = Buffer.from(bytes).toString().split('\n');
    const history = lines.map((createdBy) => ({ createdBy, emptyLayer: false }));
    const [word = ''] = lines;
    const labels = Object.fromEntries(lines.map((line) => [line, line]));
    const config = { env: lines, entrypoint: lines, cmd: lines, exposedPorts: lines, volumes: lines, labels, history };
    const { findings, problems } = checkImageConfig({ ...config, user: word, created: word }, { today });
    assert.ok(problems.every(({ code }) => code !== 'check-failed'));
    for (const { position } of findings) assert.ok(position.line >= 1 && position.line <= lines.length);
  },
};

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MisconfigurationFinding } from '#checks/index.ts';
import { fullReport } from '../../../test/kit/full-report.ts';
import { cleanReport, hostileReport, largeReport, sampleReport } from '../../../test/kit/report.ts';
import { github } from './index.ts';

const plain = { color: false, width: 80, verbose: false };
const lines = (report = sampleReport()) => [...github.render(report, plain)].join('').trimEnd().split('\n');
const commands = (report = sampleReport()) => lines(report).filter((line) => line.startsWith('::'));

const misconfiguration: MisconfigurationFinding = {
  kind: 'misconfiguration',
  id: 'compose-privileged',
  subject: 'compose',
  severity: 'critical',
  title: 'A service, runs: privileged',
  message: 'service web: 100% privileged',
  rationale: 'Why.',
  remediation: 'Do not.',
  location: { path: 'compose.yaml', line: 4 },
  position: { line: 4, column: 5, endLine: 4, endColumn: 21 },
  controls: ['AC-6'],
  references: [],
};

const inDirectory = (name: string, ...findings: readonly MisconfigurationFinding[]) =>
  cleanReport({ artifact: { kind: 'tree', scheme: 'directory', name, tags: [], layers: [] }, findings });

describe('annotations', () => {
  test('stand at the place, from the top of the repository, and are escaped', () => {
    const [command] = commands(inDirectory('./deploy', misconfiguration));
    assert.equal(
      command,
      '::error file=deploy/compose.yaml,line=4,endLine=4,col=5,endColumn=21,title=A service%2C runs%3A privileged::[critical] service web: 100%25 privileged. Do not. (misconfiguration/compose-privileged)',
    );
  });

  test('have no columns over several lines', () => {
    const position = { line: 4, column: 5, endLine: 9, endColumn: 2 };
    const [command] = commands(inDirectory('.', { ...misconfiguration, position }));
    assert.match(command ?? '', /^::error file=compose.yaml,line=4,endLine=9,title=/);
  });

  test('name no file of the repository where an image was looked at', () => {
    for (const command of commands(fullReport())) assert.doesNotMatch(command, /file=/);
  });

  test('are as many as the service takes, the worst, and the rest is counted', () => {
    const all = lines(largeReport(2_000));
    for (const level of ['error', 'warning', 'notice'])
      assert.ok(all.filter((line) => line.startsWith(`::${level} `)).length <= 10);
    assert.match(all.at(-1) ?? '', /^- 1,9\d\d more have no annotation/);
    assert.match(commands(largeReport(2_000)).find((line) => line.startsWith('::error')) ?? '', /\[critical\]/);
  });

  test('holes stand first and do not take all the places', () => {
    const problem = { code: 'tar-truncated', message: 'cut', effect: 'incomplete' } as const;
    const report = {
      ...inDirectory('.', { ...misconfiguration, severity: 'medium' }),
      problems: Array(20).fill(problem),
    };
    const found = commands(report);
    assert.match(found[0] ?? '', /^::warning title=Plimsoll%3A tar-truncated::cut$/);
    assert.match(found.at(-1) ?? '', /compose.yaml/);
    assert.equal(lines(report).filter((line) => line.includes('cut')).length, 20);
  });

  test('foreign words begin no command', () => {
    const report = hostileReport();
    const name = 'x\n::stop-commands::y\r\n##[add-path]/tmp';
    const all = lines({ ...report, artifact: { ...report.artifact, name } });
    for (const line of all) assert.match(line, /^(?:- |::(?:error|warning|notice) [^\n]*$)/);
    assert.ok(!all.some((line) => /stop-commands::|##\[/.test(line)));
  });

  test('what is decided has none', () => {
    const decision = { source: 'exception', state: 'accepted', reason: 'x', statedIn: 'y' } as const;
    assert.deepEqual(commands(inDirectory('.', { ...misconfiguration, decision })), []);
  });
});

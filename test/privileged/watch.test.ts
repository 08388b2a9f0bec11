import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { attacks } from './attacks.ts';
import { everyday } from './everyday.ts';
import { type DoneAct, Laboratory, laboratoryProblem } from './laboratory.ts';

const program = fileURLToPath(new URL('../../src/bin/plimsoll.ts', import.meta.url));
/** More files of rules, for a run by hand: `PLIMSOLL_TEST_RULES=falco_rules.yaml`. */
const moreRules = process.env['PLIMSOLL_TEST_RULES']?.split(':') ?? [];
/** Our own rules leave to others what the official ones see; together they see nearly all. */
const mayMiss = moreRules.length > 0 ? 0.1 : 0.25;
const problem = laboratoryProblem();

interface SeenAlert {
  readonly rule: string;
  readonly priority: string;
  readonly timeUs: number;
  readonly container: string;
}

describe('the watch of this machine', { skip: problem === undefined ? false : `skipped, ${problem}` }, () => {
  const laboratory = new Laboratory();
  const alerts: SeenAlert[] = [];
  let watch: ChildProcess;
  let summary = '';

  before(async () => {
    laboratory.start();
    const rules = moreRules.length > 0 ? ['--rules', ...moreRules] : [];
    watch = spawn(process.execPath, [program, 'watch', '--standalone', '--json', '--container', 'any', ...rules], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    watch.stderr?.on('data', (text) => {
      summary += text;
    });
    if (watch.stdout === null) throw new Error('the watch has no output');
    createInterface({ input: watch.stdout }).on('line', (line) => alerts.push(readAlert(line)));
    await setTimeout(3000);
  });

  after(() => laboratory.close());

  it('sees attacks, is quiet in everyday life, and loses nothing', { timeout: 120_000 }, async (test) => {
    const quiet = laboratory.run(everyday);
    const loud = laboratory.run(attacks);
    await setTimeout(1500);
    watch.kill('SIGINT');
    const [code] = await once(watch, 'exit');
    const caught = loud.map((done) => ({ done, rules: rulesIn(alerts, done) }));
    const missed = caught.filter(({ rules }) => rules.length === 0).map(({ done }) => done.act.name);
    const disturbed = quiet
      .map((done) => ({ done, rules: rulesIn(alerts, done) }))
      .filter(({ rules }) => rules.length > 0);
    test.diagnostic(`recall: ${loud.length - missed.length} of ${loud.length} attacks`);
    for (const name of missed) test.diagnostic(`missed: ${name}`);
    test.diagnostic(`false alerts: in ${disturbed.length} of ${quiet.length} everyday acts`);
    for (const { done, rules } of disturbed) test.diagnostic(`false alert: ${done.act.name}: ${rules.join(', ')}`);
    test.diagnostic(/From call to alert:.*/.exec(summary)?.[0] ?? 'no alert, so no latency');
    if (process.env['PLIMSOLL_TEST_VERBOSE']) {
      for (const { done, rules } of caught) test.diagnostic(`${done.act.name}: ${rules.join(', ')}`);
      test.diagnostic(summary);
    }
    assert.equal(loud.length, attacks.length, 'every attack was carried out');
    assert.equal(quiet.length, everyday.length, 'every everyday act was done');
    assert.equal(code, 0, summary);
    assert.match(summary, /Nothing was lost\./);
    assert.ok(missed.length <= attacks.length * mayMiss, `missed: ${missed.join('; ')}`);
    assert.ok(disturbed.length <= everyday.length * 0.05, 'too many false alerts');
  });
});

function readAlert(line: string): SeenAlert {
  const alert = JSON.parse(line);
  const timeUs = Number(BigInt(/"evt\.time":(\d+)/.exec(line)?.[1] ?? '0') / 1000n);
  return {
    rule: alert.rule,
    priority: alert.priority,
    timeUs,
    container: alert.output_fields['container.name'] ?? '',
  };
}

/** Rules that objected to what happened in an act's container while it was done. */
function rulesIn(alerts: readonly SeenAlert[], { container, fromUs, toUs }: DoneAct): string[] {
  const own = alerts.filter((alert) => alert.container === container && alert.timeUs >= fromUs && alert.timeUs <= toUs);
  return [...new Set(own.map(({ rule }) => rule))];
}

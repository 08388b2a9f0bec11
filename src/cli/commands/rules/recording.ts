import { type Alert, alertLine, DetectionEngine, type RuleSet } from '#detection/index.ts';
import { Pipeline, sensorNamed } from '#runtime/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { complain, counted, print } from './files.ts';

interface Expectation {
  readonly events: string;
  readonly expect: readonly string[];
  readonly forbid: readonly string[];
  readonly json?: boolean;
}

/** Plays a recording through the state of a watch and says which rules fired, and whether those did that should. */
export async function expectRecording(set: RuleSet, { events, expect, forbid, json }: Expectation): Promise<ExitCode> {
  const alerts: Alert[] = [];
  const engine = new DetectionEngine(set.compiled, {
    alert: (alert) => alerts.push(alert),
    ruleDisabled: (name, why) => complain([`rule ${JSON.stringify(name)} is asked no more: ${why}`]),
  });
  const unread = await play(events, engine);
  if (unread.length > 0) complain(unread);
  const fired = new Set(alerts.map(({ rule }) => rule));
  const missing = expect.filter((rule) => !fired.has(rule));
  const unwanted = forbid.filter((rule) => fired.has(rule));
  const { events: count } = engine.statistics();
  if (json) process.stdout.write(`${JSON.stringify({ events: count, alerts, missing, unwanted, unread }, null, 2)}\n`);
  else
    print([
      ...alerts.map(alertLine),
      ...missing.map((rule) => `FAIL ${rule}: it did not fire`),
      ...unwanted.map((rule) => `FAIL ${rule}: it fired`),
      `${counted(count, 'event', 'events')}, ${counted(alerts.length, 'alert', 'alerts')} of ${counted(fired.size, 'rule', 'rules')}`,
    ]);
  if (missing.length + unwanted.length > 0) return exitCodes.findings;
  return unread.length > 0 || count === 0 ? exitCodes.notAssessed : exitCodes.ok;
}

/** What could not be read of it. */
async function play(path: string, engine: DetectionEngine): Promise<string[]> {
  const unread: string[] = [];
  const pipeline = new Pipeline({
    sink: {
      event: (event) => engine.event(event),
      document: (event) => engine.document(event),
      blind: ({ reason, detail }) => {
        if (reason === 'input-unread') unread.push(detail);
      },
      alert: () => undefined,
    },
    describe: (_question, answer) => answer(undefined),
    hierarchyNumber: 0,
  });
  const sensor = sensorNamed(`replay:${path}`, { descriptors: undefined, world: pipeline }, false);
  if (!sensor.ok) return [sensor.error];
  const probe = await sensor.value.probe();
  if (!probe.ready) return [probe.reason];
  await sensor.value.run(pipeline, new AbortController().signal);
  return unread;
}

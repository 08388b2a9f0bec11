/**
 * How many events a second the rules answer: `node bench/watch/rules.ts [files of rules...]`. Events are made here, in the mix of a busy
 * host (opens of files foremost), and go through the state that a watch keeps. Whole and rules only: the state alone is measured first.
 */
import { readFileSync } from 'node:fs';
import { DetectionEngine, ownRules, readRuleSet } from '../../src/detection/index.ts';
import { emptyEvent, Pipeline, type RuntimeEvent, type SensorEvent } from '../../src/runtime/index.ts';

const EVENTS = 1_000_000;
const PATHS = [
  '/usr/lib/x86_64-linux-gnu/libc.so.6',
  '/etc/hosts',
  '/proc/self/status',
  '/var/log/app/a.log',
  '/app/node_modules/x/index.js',
  '/tmp/work/1',
  '/etc/resolv.conf',
  '/usr/share/zoneinfo/UTC',
];

function exec(pid: number, name: string, cgroupId: number): SensorEvent {
  const event = { ...emptyEvent(), type: 'execve' as const, timeUs: 1e15, pid, tid: pid, comm: name, cgroupId };
  const numbers = {
    tty: 0,
    loginUid: 4294967295,
    parentPid: 1,
    sessionId: 1,
    vpid: 2,
    vpgid: 2,
    pidNamespace: 2,
    mountNamespace: 2,
    networkNamespace: 2,
    userNamespace: 1,
  };
  const rights = {
    capEffective: 0xa80425fb,
    capPermitted: 0xa80425fb,
    capInheritable: 0,
    upperLayer: false,
    memfd: false,
    writable: false,
  };
  const file = { inode: 1, device: 1, changeTimeNs: 1, modifyTimeNs: 1 };
  return {
    ...event,
    exec: {
      comm: name,
      filename: `/usr/bin/${name}`,
      exePath: `/usr/bin/${name}`,
      args: [name, '-c', 'work'],
      argsCut: false,
      env: ['PATH=/bin'],
      cwd: '/',
      ...numbers,
      ...rights,
      ...file,
    },
  };
}

/** One round of events that is played again and again. */
function round(): SensorEvent[] {
  const names = ['nginx', 'node', 'postgres', 'java', 'sh', 'python3', 'curl', 'systemd'];
  const events = names.map((name, at) => exec(100 + at, name, at < 6 ? 7 : 0));
  for (let at = 0; at < 1000; at++) {
    const pid = 100 + (at % 8);
    const base = {
      ...emptyEvent(),
      timeUs: 1e15 + at,
      pid,
      tid: pid,
      comm: names[at % 8] ?? '',
      cgroupId: at % 8 < 6 ? 7 : 0,
    };
    const path = PATHS[at % PATHS.length] ?? '/';
    if (at % 20 === 19)
      events.push({
        ...base,
        type: 'connect',
        fd: 9,
        result: 0,
        domain: 2,
        socketType: 1,
        protocol: 6,
        ...connection(at),
      });
    else if (at % 20 === 18) events.push({ ...base, type: 'unlinkat', path, directoryFd: -100, flags: 0 });
    else if (at % 50 === 17) events.push(exec(pid, names[at % 8] ?? '', base.cgroupId));
    else
      events.push({
        ...base,
        type: 'openat',
        fd: 5,
        result: 5,
        path,
        directoryFd: -100,
        flags: at % 7 === 0 ? 0o101 : 0,
      });
  }
  return events;
}

function connection(at: number): Pick<SensorEvent, 'socket' | 'address'> {
  const address = { family: 2, ip: `10.0.0.${at % 200}`, port: 443 };
  return { socket: { local: { family: 2, ip: '10.1.0.2', port: 40000 }, remote: address }, address };
}

function measure(title: string, event: (joined: RuntimeEvent) => void): number {
  const pipeline = new Pipeline({
    sink: { event, document: () => undefined, blind: () => undefined, alert: () => undefined },
    describe: (_question, answer) => answer(undefined),
    hierarchyNumber: 0,
  });
  pipeline.registry.addGroup(7, `/docker/${'a'.repeat(64)}`);
  const events = round();
  for (let at = 0; at < 50_000; at++) play(pipeline, events, at);
  const before = process.cpuUsage();
  for (let at = 0; at < EVENTS; at++) play(pipeline, events, at);
  const { user, system } = process.cpuUsage(before);
  const us = (user + system) / EVENTS;
  console.log(
    `${title.padEnd(34)} ${us.toFixed(2)} us an event, ${Math.round(1e6 / us).toLocaleString('en')} events/s of one core`,
  );
  return us;
}

function play(pipeline: Pipeline, events: readonly SensorEvent[], at: number): void {
  const event = events[at % events.length];
  if (event !== undefined) pipeline.event(event);
}

const files = process.argv.slice(2).map((name) => ({ name, text: readFileSync(name, 'utf8') }));
measure('state only', () => undefined);
for (const [title, texts] of [
  ['own rules', await ownRules()],
  [`${files.length} files named`, files],
  ['both', [...files, ...(await ownRules())]],
] as const) {
  if (texts.length === 0) continue;
  const set = readRuleSet(texts);
  let alerts = 0;
  const engine = new DetectionEngine(set.compiled, {
    alert: () => alerts++,
    ruleDisabled: (name, why) => console.log(name, why),
  });
  measure(`${title} (${engine.statistics().rules.length} rules)`, (event) => engine.event(event));
  console.log(`  ${alerts} alerts, ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
}

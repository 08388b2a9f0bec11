import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExampleEvent } from '../examples/example.ts';
import { playExample } from '../examples/play.ts';
import { type Alert, alertJson, alertLine } from '../output/alert.ts';
import { readRuleSet } from '../rule-set.ts';
import { describeFault } from '../rules/fault.ts';
import { DetectionEngine, type EngineOptions } from './engine.ts';

const SHELL: ExampleEvent = {
  do: 'execve',
  by: 'bash -c "cat x"',
  parent: 'nginx -g off',
  tty: 5,
  env: ['A=1', 'B=two'],
};
const OPENED: ExampleEvent = {
  do: 'openat',
  by: 'bash -c "cat x"',
  parent: 'nginx -g off',
  path: '/var/log/app/a.log',
  flags: 'O_WRONLY|O_CREAT',
  mode: '0644',
};
const CONNECTED: ExampleEvent = {
  do: 'connect',
  by: 'bash -c "cat x"',
  parent: 'nginx -g off',
  socket: 'tcp 203.0.113.9:443',
};
const SENT: ExampleEvent = {
  do: 'sendto',
  by: 'bash -c "cat x"',
  parent: 'nginx -g off',
  socket: 'tcp 203.0.113.9:443',
  data: 'HELLO\u0001',
  result: 6,
};

/** Alerts of rules about some events. */
function alertsOf(rules: string, events: readonly ExampleEvent[], options: Partial<EngineOptions> = {}): Alert[] {
  const set = readRuleSet([{ name: 'rules.yaml', text: rules }]);
  assert.deepEqual(set.faults.filter(({ level }) => level === 'error').map(describeFault), []);
  const alerts: Alert[] = [];
  const engine = new DetectionEngine(set.compiled, {
    alert: (alert) => alerts.push(alert),
    ruleDisabled: () => undefined,
    ...options,
  });
  const played = playExample(events, {
    event: (event) => engine.event(event),
    document: (event) => engine.document(event),
  });
  assert.deepEqual(played, { ok: true, value: undefined });
  return alerts;
}

const rule = (name: string, condition: string, output = 'o'): string =>
  `- rule: ${name}\n  desc: d\n  condition: ${JSON.stringify(condition)}\n  output: ${JSON.stringify(output)}\n  priority: warning\n`;

/** Conditions about the events above: all of them hold for one of these, or for none. */
const HOLD = String.raw`
evt.type = openat and fd.name = /var/log/app/a.log and fd.directory = /var/log/app and fd.filename = a.log
evt.type = openat and evt.is_open_write = true and evt.is_open_read = false and evt.is_open_create = true
evt.type = openat and evt.arg.flags contains O_CREAT and evt.arg.flags contains O_WRONLY and evt.arg.name startswith /var
evt.type in (open, openat) and fd.typechar = f and fd.num >= 0 and evt.rawres = 5 and evt.res = SUCCESS
evt.type != connect and evt.type startswith open and not evt.failed = true
fd.name pmatch (/var/log, /etc) and not fd.name pmatch (/var/lo) and fd.name pmatch ("/var/*/app")
fd.name glob "/var/*.log" and fd.name iglob "/VAR/*" and fd.name regex "/var/[a-z/]+\\.log"
fd.name icontains LOG and fd.name endswith .log and fd.nameraw = val(fd.name)
basename(fd.name) = a.log and toupper(fd.filename) = A.LOG and len(fd.name) = 18
join("-", (proc.name, "x", proc.pname)) = bash-x-nginx and concat(proc.name, "!") = bash!
getopt(proc.args, "c:")[c] = "cat x" and getopt(proc.args, "c:") intersects (c)
proc.name = oneof (bash, sh) and proc.name startswith anyof (b, x) and proc.name contains allof (ba, sh)
proc.name != allof (sh, zsh) and not proc.name = oneof (ash, zsh) and not proc.name startswith oneof (b, ba)
proc.aname = nginx and proc.aname[1] = nginx and proc.pname = nginx and proc.aname[0] = bash and proc.acmdline contains off
proc.name != val(proc.pname) and proc.pname = val(proc.sname)
proc.tty = 5 and proc.tty < 0x6 and proc.tty >= +5 and user.uid = 0 and user.loginuid = -1 and proc.env[B] = two
proc.cmdline = "bash -c cat x" and proc.args contains "cat x" and proc.cmdnargs = 2
container.id != host and container.image.repository endswith /app and container.privileged = false and container.mount.dest[/x] = N/A
evt.type = connect and fd.sip = 203.0.113.9 and fd.ip = 203.0.113.9 and fd.ip = 10.1.2.3 and fd.sport = 443 and fd.port in (443)
evt.type = connect and fd.snet = 203.0.113.0/24 and fd.net = 10.0.0.0/8 and fd.ip != 192.0.2.1 and not fd.ip != 10.1.2.3 and fd.l4proto = tcp
evt.type = connect and fd.name = "10.1.2.3:40000->203.0.113.9:443" and fd.sockfamily = ip and fd.type = ipv4
evt.type = sendto and evt.buffer contains HELLO and evt.buffer bcontains 4c4c4f01 and evt.buffer bstartswith 4845 and evt.buflen = 6
thread.cap_effective contains CAP_CHOWN and not thread.cap_effective contains CAP_SYS_ADMIN
`;
const FAIL = `
fd.name = /var/log
k8s.pod.name != x
k8s.pod.name = "" or not k8s.pod.name exists and k8s.pod.name != y
container.image.digest != x or container.image.digest = x
evt.type = execve and fd.name exists
proc.name = oneof (bash, bash)
proc.name in ()
proc.name startswith anyof ()
proc.aname = bash
fd.ip != 10.1.2.3 and evt.type = connect
evt.type = connect and evt.type = openat
evt.num = 0
proc.name = val(k8s.pod.name) or proc.name != val(k8s.pod.name)
`;

test('conditions hold as the language has them; without a value none does', () => {
  const events = [SHELL, OPENED, CONNECTED, SENT];
  for (const [table, holds] of [
    [HOLD, true],
    [FAIL, false],
  ] as const) {
    for (const condition of table.split('\n').filter((line) => line !== ''))
      assert.equal(alertsOf(rule('r', condition), events).length > 0, holds, condition);
  }
});

test('an alert is written as Falco writes it', () => {
  const [alert] = alertsOf(
    rule(
      'Log opened',
      'evt.type = openat',
      'opened %fd.name by %proc.aname[1] (%k8s.pod.name) 100%% %toupper(proc.name) %container.id',
    ),
    [OPENED],
  );
  assert.ok(alert);
  assert.equal(alert.message, 'opened /var/log/app/a.log by nginx (<NA>) 100% BASH ccccccccc101');
  const parsed: unknown = JSON.parse(alertJson(alert, 'node-1'));
  assert.deepEqual(parsed, {
    hostname: 'node-1',
    message: alert.message,
    output: alertLine(alert),
    output_fields: {
      'container.id': 'ccccccccc101',
      'evt.time': alert.timeUs * 1000,
      'fd.name': '/var/log/app/a.log',
      'k8s.pod.name': null,
      'proc.aname[1]': 'nginx',
      'toupper(proc.name)': 'BASH',
    },
    priority: 'Warning',
    rule: 'Log opened',
    source: 'syscall',
    tags: [],
    time: '2026-01-01T00:00:00.001000000Z',
  });
  assert.match(alertJson(alert, 'n'), /"evt\.time":1767225600001000000,/);
  assert.match(alertLine(alert), /^00:00:00\.001000000: Warning opened /);
});

test('the first rule that holds, or all of them; rules that are off are not asked', () => {
  const rules = `${rule('a', 'evt.type = openat')}${rule('b', 'evt.type = openat')}${rule('c', 'evt.type = openat')}  enabled: false\n  tags: [t]\n`;
  const names = (options: Partial<EngineOptions>): string[] =>
    alertsOf(rules, [OPENED], options).map((alert) => alert.rule);
  assert.deepEqual(names({}), ['a', 'b']);
  assert.deepEqual(names({ matching: 'first' }), ['a']);
  assert.deepEqual(
    names({
      selection: {
        changes: [
          { enables: false, name: (name) => name === 'a' },
          { enables: true, tag: 't' },
        ],
      },
    }),
    ['b', 'c'],
  );
});

test('a rule that throws is left out after some failures, and the others go on', () => {
  const set = readRuleSet([
    { name: 'rules.yaml', text: `${rule('bad', 'evt.type = openat')}${rule('good', 'evt.type = openat')}` },
  ]);
  const bad = set.compiled.syscall.rules.find((one) => one.rule.name === 'bad');
  assert.ok(bad);
  const broken = {
    ...bad,
    plan: {
      kind: 'check',
      ask: () => {
        throw new Error('out of order');
      },
    },
  } as const;
  const rules = set.compiled.syscall.rules.map((one) => (one === bad ? broken : one));
  const alerts: string[] = [];
  const disabled: string[] = [];
  const engine = new DetectionEngine(
    { ...set.compiled, syscall: { ...set.compiled.syscall, rules } },
    { alert: (alert) => alerts.push(alert.rule), ruleDisabled: (name, why) => disabled.push(`${name} ${why}`) },
  );
  playExample(Array(9).fill(OPENED), { event: (event) => engine.event(event), document: () => undefined });
  assert.deepEqual(disabled, ['bad failed 5 times: out of order']);
  assert.equal(alerts.length, 9);
  assert.equal(engine.statistics().rules.find(({ name }) => name === 'bad')?.failures, 5);
});

const sequence = (steps: string, by = 'container.id', within = '10s'): string =>
  `- sequence: s\n  desc: d\n  by: ${by}\n  within: ${within}\n  steps:\n${steps}\n  output: "done %proc.name %step.one.fd.name"\n  priority: error\n`;
const TWO = '    - {name: one, condition: evt.type = openat}\n    - {name: two, condition: evt.type = connect}';
const THRICE = '    - {name: one, condition: evt.type = connect, count: 3}';

test('a sequence fires when its steps come true in order, for the same key and in time', () => {
  const late = { ...CONNECTED, after: 11 };
  const elsewhere = { ...CONNECTED, in: 'other' };
  const cases: readonly (readonly [string, string, readonly ExampleEvent[], number])[] = [
    ['in order', sequence(TWO), [OPENED, CONNECTED], 1],
    ['in the other order', sequence(TWO), [CONNECTED, OPENED], 0],
    ['too late', sequence(TWO), [OPENED, late], 0],
    [
      'the first step again begins the time anew',
      sequence(TWO),
      [OPENED, { ...OPENED, after: 8 }, { ...CONNECTED, after: 8 }],
      1,
    ],
    ['another container', sequence(TWO), [OPENED, elsewhere], 0],
    ['on the same host', sequence(TWO, 'host'), [OPENED, elsewhere], 1],
    ['twice', sequence(TWO), [OPENED, CONNECTED, OPENED, CONNECTED], 2],
    ['counted', sequence(THRICE), [CONNECTED, CONNECTED, CONNECTED], 1],
    ['counted too few', sequence(THRICE), [CONNECTED, CONNECTED], 0],
    ['counted too slowly', sequence(THRICE), [CONNECTED, { ...CONNECTED, after: 6 }, { ...CONNECTED, after: 6 }], 0],
    [
      'counted in a window that moves',
      sequence(THRICE),
      [CONNECTED, { ...CONNECTED, after: 8 }, { ...CONNECTED, after: 4 }, { ...CONNECTED, after: 4 }],
      1,
    ],
  ];
  for (const [title, rules, events, count] of cases) assert.equal(alertsOf(rules, events).length, count, title);
  const distinct = sequence('    - {name: one, condition: evt.type = connect, count: 3, distinct: fd.sport}');
  const to = (port: number): ExampleEvent => ({ ...CONNECTED, socket: `tcp 203.0.113.9:${port}` });
  assert.equal(alertsOf(distinct, [to(1), to(1), to(1), to(2)]).length, 0);
  assert.equal(alertsOf(distinct, [to(1), to(1), to(2), to(3)]).length, 1);
  assert.equal(
    alertsOf(sequence(TWO), [OPENED, CONNECTED])[0]?.message.split(' container_id')[0],
    'done bash /var/log/app/a.log',
  );
});

test('a sequence follows a bounded number of keys', () => {
  const set = readRuleSet([{ name: 's.yaml', text: sequence(TWO, 'fd.name', '1h') }]);
  const engine = new DetectionEngine(set.compiled, { alert: () => undefined, ruleDisabled: () => undefined });
  const events = Array.from({ length: 10_050 }, (_, at): ExampleEvent => ({ ...OPENED, path: `/x/${at}` }));
  playExample(events, { event: (event) => engine.event(event), document: () => undefined });
  assert.equal(engine.statistics().forgotten, 50);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RuleSet, readRuleSet } from '../rule-set.ts';
import { printExpression } from '../syntax/print.ts';
import type { Expression } from '../syntax/tree.ts';
import type { Expanded } from './expanded.ts';
import { describeFault } from './fault.ts';

const BASE = `
- list: shells
  items: [bash, sh]
- macro: started
  condition: evt.type = execve
- rule: shell
  desc: a shell
  condition: started and proc.name in (shells)
  output: shell %proc.name
  priority: notice
  tags: [one]
`;

function read(...texts: string[]): RuleSet {
  return readRuleSet(texts.map((text, index) => ({ name: `${index + 1}.yaml`, text })));
}

function conditionOf(set: RuleSet, name = 'shell'): string {
  const rule = set.loaded.rules.find((one) => one.name === name);
  assert.ok(rule, `${name} was not loaded: ${set.faults.map(describeFault).join('\n')}`);
  return printExpression(plain(rule.expression));
}

/** Macros written out, brackets that change nothing left out. */
function plain(expression: Expanded): Expression {
  if (expression.kind === 'check') return expression;
  if (expression.kind === 'macro') return plain(expression.body);
  if (expression.kind === 'not') return { kind: 'not', part: plain(expression.part), at: 0 };
  const { kind } = expression;
  const parts = expression.parts.map(plain).flatMap((part) => (part.kind === kind ? part.parts : [part]));
  return { kind, parts, at: 0 };
}

function messages(set: RuleSet, level: 'error' | 'warning'): string[] {
  return set.faults.filter((fault) => fault.level === level).map(({ message }) => message);
}

/** What is added to the rules above, and the condition that comes of it. */
const conditions: readonly (readonly [string, string, string])[] = [
  ['nothing', '', 'evt.type = execve and proc.name in (bash, sh)'],
  [
    'a list is appended to, in the old way',
    '- {list: shells, append: true, items: [zsh]}',
    'evt.type = execve and proc.name in (bash, sh, zsh)',
  ],
  [
    'a list is appended to',
    '- {list: shells, items: [zsh], override: {items: append}}',
    'evt.type = execve and proc.name in (bash, sh, zsh)',
  ],
  [
    'a list is replaced',
    '- {list: shells, items: [zsh], override: {items: replace}}',
    'evt.type = execve and proc.name in (zsh)',
  ],
  ['a list is defined anew', '- {list: shells, items: []}', 'evt.type = execve and proc.name in ()'],
  [
    'an item with a blank is one value',
    '- {list: shells, items: [a b, "\'c d\'"]}',
    'evt.type = execve and proc.name in ("a b", "c d")',
  ],
  [
    'a list names an earlier one',
    '- {list: more, items: [fish]}\n- {list: shells, items: [more, ksh]}',
    'evt.type = execve and proc.name in (fish, ksh)',
  ],
  [
    'a macro is appended to',
    '- {macro: started, condition: or evt.type = execveat, override: {condition: append}}',
    '(evt.type = execve or evt.type = execveat) and proc.name in (bash, sh)',
  ],
  [
    'a macro is replaced',
    '- {macro: started, condition: evt.type = fork}',
    'evt.type = fork and proc.name in (bash, sh)',
  ],
  [
    'a rule is appended to, in the old way',
    '- {rule: shell, append: true, condition: and proc.tty != 0}',
    'evt.type = execve and proc.name in (bash, sh) and proc.tty != 0',
  ],
  [
    'a rule is appended to',
    '- {rule: shell, condition: or proc.tty = 7, override: {condition: append}}',
    'evt.type = execve and proc.name in (bash, sh) or proc.tty = 7',
  ],
  [
    'a condition is replaced',
    '- {rule: shell, condition: proc.name = x, override: {condition: replace}}',
    'proc.name = x',
  ],
  [
    'exceptions with fields of their own',
    '- rule: shell\n  override: {exceptions: append}\n  exceptions: [{name: e, fields: [proc.name, proc.pname], values: [[sh, cron], [bash, a b]]}]',
    'evt.type = execve and proc.name in (bash, sh) and not (proc.name = sh and proc.pname = cron or proc.name = bash and proc.pname = "a b")',
  ],
  [
    'an exception with one field',
    '- rule: shell\n  override: {exceptions: append}\n  exceptions: [{name: e, fields: proc.pname, values: [cron, at]}]',
    'evt.type = execve and proc.name in (bash, sh) and not proc.pname in (cron, at)',
  ],
  [
    'an exception with operators',
    '- rule: shell\n  override: {exceptions: append}\n  exceptions: [{name: e, fields: [proc.name, proc.exepath], comps: ["in", startswith anyof], values: [[[sh, zsh], [/opt, /srv]]]}]',
    'evt.type = execve and proc.name in (bash, sh) and not (proc.name in (sh, zsh) and proc.exepath startswith anyof (/opt, /srv))',
  ],
  [
    'an exception without values excepts nothing',
    '- {rule: shell, desc: d, condition: proc.name = a, output: o, priority: info, exceptions: [{name: e, fields: [proc.name]}]}',
    'proc.name = a',
  ],
  [
    'values are appended to an exception',
    '- {rule: shell, override: {exceptions: append}, exceptions: [{name: e, fields: proc.pname, values: [a]}]}\n- {rule: shell, override: {exceptions: append}, exceptions: [{name: e, values: [b]}]}',
    'evt.type = execve and proc.name in (bash, sh) and not proc.pname in (a, b)',
  ],
];

test('lists, macros, rules and exceptions are put together', () => {
  for (const [title, more, expected] of conditions) assert.equal(conditionOf(read(BASE, more)), expected, title);
});

/** What is added, and the error that comes of it. */
const errors: readonly (readonly [string, string | RegExp])[] = [
  ['- {list: none, append: true, items: [a]}', /there is no list of this name before it/],
  ['- {macro: none, condition: a, override: {condition: append}}', /there is no macro of this name before it/],
  ['- {rule: none, condition: and a, append: true}', /there is no rule of this name before it/],
  ['- {rule: shell, priority: error, override: {priority: append}}', /priority cannot be appended to/],
  ['- {rule: shell, source: x, override: {source: replace}}', /source cannot be replaced/],
  ['- {rule: shell, desc: x, override: {desc: change}}', /"change" is no override/],
  ['- {rule: shell, append: true, condition: and a, override: {condition: append}}', /cannot stand together/],
  ['- {rule: shell, override: {condition: append}}', /override names condition, which does not stand here/],
  [
    '- {rule: shell, condition: or a, priority: info, override: {condition: append}}',
    /priority stands here and override does not name it/,
  ],
  ['- {rule: none, enabled: false}', /there is no rule of this name before it/],
  [
    '- {rule: shell, source: k8s_audit, desc: d, condition: ka.verb = get, output: o, priority: info}',
    /defined before with another source/,
  ],
  ['- {rule: r, desc: d, condition: a, output: o, priority: loud}', /there is no priority "loud"/],
  ['- {rule: r, desc: d, output: o, priority: info}', /there is no condition/],
  ['- {rule: r, desc: "", condition: started, output: o, priority: info}', /desc is empty/],
  ['- {rule: r, desc: d, condition: nothing_known, output: o, priority: info}', /there is no macro nothing_known/],
  [
    '- {rule: r, desc: d, condition: proc.nam = a, output: o, priority: info}',
    /there is no field proc.nam; did you mean proc.name/,
  ],
  ['- {rule: r, desc: d, condition: evt.type = opne, output: o, priority: info}', /there is no event type opne/],
  ['- {rule: r, desc: d, condition: proc.pid = abc, output: o, priority: info}', /"abc" is no number/],
  [
    '- {rule: r, desc: d, condition: proc.pid contains 1, output: o, priority: info}',
    /of type integer, which cannot be asked with contains/,
  ],
  [
    '- {rule: r, desc: d, condition: proc.is_exe_upper_layer = yes, output: o, priority: info}',
    /neither true nor false/,
  ],
  ['- {rule: r, desc: d, condition: fd.sip = nowhere, output: o, priority: info}', /no IP address/],
  ['- {rule: r, desc: d, condition: fd.net = 10.0.0.0/99, output: o, priority: info}', /no network/],
  ['- {rule: r, desc: d, condition: evt.buffer bcontains xyz, output: o, priority: info}', /hexadecimal digits/],
  ['- {rule: r, desc: d, condition: "proc.name regex \'a[\'", output: o, priority: info}', /a\[/],
  ['- {rule: r, desc: d, condition: evt.arg exists, output: o, priority: info}', /needs an argument/],
  ['- {rule: r, desc: d, condition: "proc.name[1] exists", output: o, priority: info}', /takes no argument/],
  [
    '- {rule: r, desc: d, condition: proc.name = val(proc.pid), output: o, priority: info}',
    /of type text and proc.pid of type integer/,
  ],
  [
    '- {rule: r, desc: d, condition: fd.ip = val(fd.sip), output: o, priority: info}',
    /cannot be compared with another field/,
  ],
  ['- {rule: r, desc: d, condition: tolower(proc.pid) = a, output: o, priority: info}', /tolower\(\) takes no integer/],
  ['- {rule: r, desc: d, condition: proc.name = a, output: "%proc.nam", priority: info}', /there is no field proc.nam/],
  ['- {macro: a, condition: a}', /there is no macro a|stands behind/],
  [
    '- {macro: a, condition: proc.name = x}\n- {macro: b, condition: a}\n- {macro: a, condition: b}',
    /stands for itself/,
  ],
  ['- required_engine_version: 99.0.0', /rules for engine 99.0.0/],
  ['- required_engine_version: soon', /is no version/],
  ['- required_plugin_versions: [{name: container, version: x}]', /is no version of the plugin/],
  [
    '- {rule: r, desc: d, condition: proc.name = a, output: o, priority: info, exceptions: [{name: e, values: [[a]]}]}',
    /has no fields/,
  ],
  [
    '- {rule: r, desc: d, condition: proc.name = a, output: o, priority: info, exceptions: [{name: e, fields: [proc.name], comps: [frobs]}]}',
    /is no operator/,
  ],
  [
    '- {rule: r, desc: d, condition: proc.name = a, output: o, priority: info, exceptions: [{name: e, fields: [proc.name], comps: [in oneof]}]}',
    /"in oneof" is no operator/,
  ],
  [
    '- {rule: r, desc: d, condition: proc.name = a, output: o, priority: info, exceptions: [{name: e, fields: [proc.name, proc.pname], comps: ["="]}]}',
    /of the same length/,
  ],
  [
    '- {rule: r, desc: d, condition: proc.name = a, output: o, priority: info, exceptions: [{name: e, fields: proc.name, comps: "="}]}',
    /with one field comps is/,
  ],
  [
    '- {rule: r, desc: d, condition: proc.name = a, output: o, priority: info, exceptions: [{name: e, fields: [proc.name, proc.pname], values: [[a]]}]}',
    /lists as long as its fields/,
  ],
  ['- just text', /an item is a mapping/],
  ['rule: x', /a list of items/],
  ['- {rule: x', /not valid YAML/],
  [
    '- {sequence: s, desc: d, by: host, within: soon, steps: [{condition: started, count: 2}], output: o, priority: info}',
    /within is a time/,
  ],
  [
    '- {sequence: s, desc: d, by: host, within: 1s, steps: [{condition: started}], output: o, priority: info}',
    /a sequence of one step counts/,
  ],
  [
    '- {sequence: s, desc: d, by: host, within: 1s, steps: [{name: a, condition: started, count: 2}], output: "%step.b.proc.name", priority: info}',
    /there is no step b/,
  ],
];

test('what is wrong is told, and the rest is loaded', () => {
  for (const [more, expected] of errors) {
    const set = read(BASE, more);
    const found = messages(set, 'error');
    assert.ok(
      found.some((message) => (typeof expected === 'string' ? message === expected : expected.test(message))),
      `${more}\n${found.join('\n')}`,
    );
    if (!/rule: shell|macro: a, condition: b/.test(more))
      assert.ok(conditionOf(set).startsWith('evt.type = execve'), more);
  }
});

const warnings: readonly (readonly [string, RegExp])[] = [
  ['- {list: shells, append: true, items: [a]}', /"append" is deprecated/],
  ['- {rule: shell, enabled: false}', /"enabled" alone is deprecated/],
  ['- {rule: shell, desc: d, condition: started, output: o, priority: info, typo: x}', /the key "typo" is not known/],
  ['- {list: a b, items: [x]}', /the name of a list/],
  ['- {macro: a-b, condition: started}', /the name of a macro/],
  ['- {unknown: x}', /none of required_engine_version/],
  [
    '- {rule: r, source: moon, desc: d, condition: a.b = 1, output: o, priority: info}',
    /the source "moon" is not known/,
  ],
  [
    '- required_plugin_versions: [{name: cloudtrail, version: 0.1.0}]',
    /nothing here that stands for the plugin cloudtrail/,
  ],
  ['- {macro: m, condition: started}', /no rule and no macro names it/],
  ['- {list: l, items: [x]}', /no rule, macro or list names it/],
  [
    '- {rule: r, desc: d, condition: started and proc.name = proc.pname, output: o, priority: info}',
    /stands in val\(\)/,
  ],
  [
    '- {rule: r, desc: d, condition: "started and proc.name = \'tolower(proc.pname)\'", output: o, priority: info}',
    /compared as a text, not transformed/,
  ],
  [
    '- {rule: r, desc: d, condition: started and proc.name regex abc, output: o, priority: info}',
    /can be asked faster/,
  ],
  ['- {rule: r, source: k8s_audit, desc: d, condition: ka.verb = <NA>, output: o, priority: info}', /never true/],
  ['- {rule: r, desc: d, condition: started and evt.dir = <, output: o, priority: info}', /evt.dir is deprecated/],
  ['- {rule: r, desc: d, condition: started, output: "%evt.dir", priority: info}', /evt.dir is deprecated/],
  [
    '- {rule: r, desc: d, condition: started, output: "%container.info", priority: info}',
    /%container.info is deprecated/,
  ],
  ['- {rule: r, desc: d, condition: proc.name = a, output: o, priority: info}', /asked for every event/],
  [
    '- {rule: r, desc: d, condition: evt.type = getcwd, output: o, priority: info}',
    /no sensor of this program reports/,
  ],
  [
    '- {rule: r, desc: d, condition: proc.nothing = a, output: o, priority: info, skip-if-unknown-filter: true}',
    /there is no field proc.nothing/,
  ],
];

test('what is doubtful is told as a warning', () => {
  for (const [more, expected] of warnings) {
    const set = read(BASE, more);
    assert.deepEqual(messages(set, 'error'), [], more);
    assert.ok(
      messages(set, 'warning').some((message) => expected.test(message)),
      `${more}\n${messages(set, 'warning').join('\n')}`,
    );
  }
});

test('warnings that a rule asks not to have are not told', () => {
  const quiet = '- {rule: r, desc: d, condition: proc.name = a, output: o, priority: info, warn_evttypes: false}';
  const never = '- {rule: r, desc: d, condition: evt.type = open and evt.type = execve, output: o, priority: info}';
  for (const more of [quiet, never]) assert.deepEqual(messages(read(BASE, more), 'warning'), [], more);
});

test('a fault is shown where it stands, in folded text, quoted text, macros and exceptions', () => {
  const folded = `${BASE}- rule: r\n  desc: d\n  condition: >\n    started and\n    proc.name = a and\n       proc.nam = b\n  output: o\n  priority: info\n`;
  const [fault] = read(folded).faults.filter(({ level }) => level === 'error');
  assert.ok(fault);
  assert.equal(
    describeFault(fault),
    '1.yaml:17:8: error: rule "r": there is no field proc.nam; did you mean proc.name?\n           proc.nam = b\n           ^',
  );
  const [inMacro] = read(BASE, '- {macro: started, condition: "evt.type = execve and proc.pid = x"}').faults;
  assert.equal(inMacro && `${inMacro.file}:${inMacro.line}:${inMacro.column}`, '2.yaml:1:65');
});

test('text, tags, priority and switches are overridden', () => {
  const more = `- rule: shell
  desc: more
  output: (%proc.pid)
  tags: [two]
  override: {desc: append, output: append, tags: append}
- rule: shell
  enabled: no
  priority: ERROR
  override: {enabled: replace, priority: replace}
`;
  const rule = read(BASE, more).loaded.rules.find(({ name }) => name === 'shell');
  assert.equal(rule?.description, 'a shell more');
  assert.equal(rule.output.text, 'shell %proc.name (%proc.pid)');
  assert.deepEqual(rule.tags, ['one', 'two']);
  assert.equal(rule.enabled, false);
  assert.equal(rule.priority, 'Error');
});

test('hostile files end quickly and with words', () => {
  const anchors = `- &a [x, x]\n${Array.from({ length: 30 }, (_, at) => `- &b${at} [*${at === 0 ? 'a' : `b${at - 1}`}, *${at === 0 ? 'a' : `b${at - 1}`}]`).join('\n')}`;
  const wide = `- rule: r\n  desc: d\n  output: o\n  priority: info\n  condition: ${'('.repeat(50_000)}`;
  for (const text of [anchors, wide, '['.repeat(20_000), '- '.repeat(20_000), '- *x\n', '\0', '- {rule: {a: b}}']) {
    const set = read(text);
    assert.ok(set.faults.length > 0, text.slice(0, 40));
    assert.equal(set.loaded.rules.length, 0);
  }
});

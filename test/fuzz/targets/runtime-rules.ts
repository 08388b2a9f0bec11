import assert from 'node:assert/strict';
import { describeFault, migrateRules, readRuleSet } from '#detection/index.ts';
import type { FuzzTarget } from '../target.ts';

const SEED = `- required_engine_version: 0.57.0
- list: shells
  items: [bash, "a b"]
- macro: started
  condition: evt.type in (execve, execveat) and evt.dir = <
- rule: r
  desc: d
  condition: >
    started and not proc.name in (shells) and (fd.name glob "/x*" or tolower(proc.name) = val(proc.pname))
  output: "%proc.name %proc.aname[2] %toupper(fd.name)"
  priority: warning
  exceptions: [{name: e, fields: [proc.name, fd.name], comps: [=, startswith anyof], values: [[a, [/x, /y]]]}]
- rule: r
  append: true
  condition: and fd.net != 10.0.0.0/8
- sequence: s
  desc: d
  by: [container.id]
  within: 30s
  steps: [{name: a, condition: started, count: 3, distinct: proc.name}]
  output: "%step.a.proc.name"
  priority: info
`;

export const runtimeRules: FuzzTarget = {
  id: 'runtime-rules',
  title: "Rules in Falco's language: loaded, or faults with their place; migrated ones are read again",
  form: 'text',
  seeds: () => [Buffer.from(SEED)],
  run(bytes) {
    const text = Buffer.from(bytes).toString('utf8');
    const { faults } = readRuleSet([{ name: 'rules.yaml', text }]);
    for (const fault of faults) assert.ok(fault.line > 0 && fault.column > 0 && describeFault(fault) !== '');
    readRuleSet([{ name: 'rules.yaml', text: migrateRules('rules.yaml', text).text }]);
  },
};

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYamlDocuments } from '#manifests/index.ts';
import { membersAt } from '../fields.ts';
import { podSecurity } from './index.ts';

function controls(spec: string, level: 'baseline' | 'restricted', minor: number, annotations = '{}'): string[] {
  const text = `metadata: {annotations: ${annotations}}\nspec: ${spec}\n`;
  const value = parseYamlDocuments(text).documents[0]?.value;
  const pod = { metadata: membersAt(value, 'metadata'), spec: membersAt(value, 'spec') };
  return [...new Set(podSecurity(pod, level, minor).map(({ control }) => control))];
}

const sysctl = (name: string) => `{securityContext: {sysctls: [{name: ${name}, value: "1"}]}}`;
const container = (context: string, rest = '') => `{${rest}containers: [{name: a, securityContext: {${context}}}]}`;
const HARDENED =
  'allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}';

for (const [what, level, pod, before, minor, after] of [
  ['reserved ports', 'baseline', sysctl('net.ipv4.ip_local_reserved_ports'), ['sysctls'], 27, []],
  ['keep-alive', 'baseline', sysctl('net.ipv4.tcp_keepalive_time'), ['sysctls'], 29, []],
  ['buffers', 'baseline', sysctl('net.ipv4.tcp_rmem'), ['sysctls'], 32, []],
  ['slow start', 'baseline', sysctl('net.ipv4.tcp_slow_start_after_idle'), ['sysctls'], 37, []],
  [
    'engines in containers',
    'baseline',
    container('seLinuxOptions: {type: container_engine_t}'),
    ['seLinuxOptions'],
    31,
    [],
  ],
  ['own users', 'baseline', container('procMount: Unmasked', 'hostUsers: false, '), ['procMount'], 35, []],
  [
    'hosts of probes',
    'baseline',
    '{containers: [{name: a, livenessProbe: {httpGet: {host: a, port: 1}}}]}',
    [],
    34,
    ['hostProbesAndHostLifecycle'],
  ],
  [
    'the seccomp field',
    'baseline',
    container('seccompProfile: {type: Unconfined}'),
    [],
    19,
    ['seccompProfile_baseline'],
  ],
  ['root by number', 'restricted', container(`${HARDENED}, runAsUser: 0`), [], 23, ['runAsUser']],
  [
    'Windows',
    'restricted',
    container('runAsNonRoot: true', 'os: {name: windows}, '),
    ['allowPrivilegeEscalation', 'seccompProfile_restricted', 'capabilities_restricted'],
    25,
    [],
  ],
] as const) {
  test(`what changed with 1.${minor}: ${what}`, () => {
    assert.deepEqual(controls(pod, level, minor - 1), before);
    assert.deepEqual(controls(pod, level, minor), after);
  });
}

test('annotations count before there were fields', () => {
  const annotations = '{seccomp.security.alpha.kubernetes.io/pod: unconfined}';
  assert.deepEqual(controls('{containers: []}', 'baseline', 18, annotations), ['seccompProfile_baseline']);
  assert.deepEqual(controls('{containers: []}', 'baseline', 19, annotations), []);
});

test('a hardened pod, and what a single word does to it', () => {
  assert.deepEqual(controls(container(HARDENED), 'restricted', 37), []);
  const open = container(HARDENED, 'securityContext: {runAsNonRoot: false}, ');
  assert.deepEqual(controls(open, 'restricted', 37), ['runAsNonRoot'], 'the pod itself may not say false');
  assert.deepEqual(
    controls(`{volumes: [{name: a}], containers: []}`, 'restricted', 37),
    [],
    'an empty volume is an emptyDir',
  );
});

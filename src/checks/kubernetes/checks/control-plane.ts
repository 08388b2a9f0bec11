import type { YamlPath } from '#manifests/index.ts';
import type { Check } from '../../check.ts';
import { type Found, workloadCheck } from '../declare.ts';
import { podOf } from '../examples.ts';
import { listAt, textAt } from '../fields.ts';
import type { Container, Workload } from '../workload.ts';
import { clusterConfigurationChecks } from './cluster-configuration.ts';
import type { Component, FlagRule } from './control-plane/flag-rule.ts';
import { FLAGS } from './control-plane/flags.ts';

interface Flags {
  readonly values: ReadonlyMap<string, { readonly value: string; readonly path: YamlPath }>;
  readonly path: YamlPath;
}

/** The options of a component that a container starts, by name; undefined where it starts something else. */
function flagsOf({ value, path }: Container, component: Component): Flags | undefined {
  const program = textAt(value, 'command', 0) ?? textAt(value, 'image') ?? '';
  if (!startsComponent(program, component)) return undefined;
  const values = new Map<string, { value: string; path: YamlPath }>();
  for (const member of ['command', 'args']) {
    const list = listAt(value, member);
    for (const [index, argument] of list.entries()) {
      if (typeof argument !== 'string' || !argument.startsWith('--')) continue;
      const equals = argument.indexOf('=');
      const next = list[index + 1];
      const alone = typeof next === 'string' && !next.startsWith('-') ? next : 'true';
      const name = argument.slice(2, equals === -1 ? undefined : equals);
      values.set(name, { value: equals === -1 ? alone : argument.slice(equals + 1), path: [...path, member, index] });
    }
  }
  return { values, path };
}

/** `/usr/local/bin/kube-apiserver`, `registry.k8s.io/kube-apiserver:v1.34.0`. */
function startsComponent(program: string, component: Component): boolean {
  const name = program.slice(program.lastIndexOf('/') + 1);
  return name === component || name.startsWith(`${component}:`) || name.startsWith(`${component}@`);
}

function* failures({ containers }: Workload, rule: FlagRule): Iterable<Found> {
  for (const container of containers) {
    const flags = flagsOf(container, rule.component);
    if (flags === undefined) continue;
    const given = flags.values.get(rule.flag);
    const path = given?.path ?? flags.path;
    if (!rule.holds(given?.value)) {
      const message =
        given === undefined ? `--${rule.flag} is not set` : `--${rule.flag} is ${given.value.slice(0, 100)}`;
      yield { path, message };
    } else if (rule.key !== undefined && !flags.values.has(rule.key))
      yield { path, message: `--${rule.key} is not set` };
  }
}

function flagCheck(rule: FlagRule): Check<'kubernetes'> {
  const { component, flag, key, good, bad, holds: _holds, alias, ...about } = rule;
  const start = (value: string | undefined, ...more: readonly string[]) => {
    const options = [...(value === undefined ? [] : [`--${flag}=${value}`]), ...more];
    const command = [component, ...options].map((word) => `\n    - ${word}`).join('');
    return podOf(`- name: ${component}\n  image: registry.k8s.io/${component}:v1.34.0\n  command:${command}`);
  };
  const withKey = key === undefined ? [] : [`--${key}=/etc/kubernetes/pki/${component}.key`];
  return workloadCheck({
    ...about,
    ...(alias !== undefined && { aliases: [alias] }),
    references: [
      component === 'etcd'
        ? 'https://etcd.io/docs/latest/op-guide/security/'
        : `https://kubernetes.io/docs/reference/command-line-tools-reference/${component}/`,
    ],
    examples: {
      fail: [start(bad), ...(key === undefined ? [] : [start(good)])],
      pass: [start(good, ...withKey)],
    },
    // A pod that starts something else says nothing of the control plane, and must not count as one that passes.
    unasked: ({ containers }) =>
      containers.some((container) => flagsOf(container, component) !== undefined)
        ? undefined
        : { notApplicable: `starts no ${component}` },
    find: (workload) => failures(workload, rule),
  });
}

/** Static pods of the control plane, option by option, and the files that its parts are given. */
export const controlPlaneChecks: readonly Check<'kubernetes'>[] = [
  ...FLAGS.map(flagCheck),
  ...clusterConfigurationChecks,
];

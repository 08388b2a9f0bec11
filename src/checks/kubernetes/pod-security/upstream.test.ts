import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseYamlDocuments } from '#manifests/index.ts';
import { membersAt } from '../fields.ts';
import { podSecurity } from './index.ts';

/** The module of Kubernetes that decides, with the pods that its own tests are made of, one folder a level and minor. */
const MODULE = 'k8s.io/pod-security-admission';
const modules = spawnSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).stdout?.trim() ?? '';
const parent = join(modules, 'k8s.io');
const versions =
  modules !== '' && existsSync(parent)
    ? readdirSync(parent).filter((name) => name.startsWith('pod-security-admission@'))
    : [];
const newest = versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
const skip = newest === undefined && `no ${MODULE} in the module cache: go mod download ${MODULE}@v0.37.2`;

for (const level of ['baseline', 'restricted'] as const) {
  test(`every pod of the upstream tests gets the upstream verdict: ${level}`, { skip }, (context) => {
    const root = join(parent, newest ?? '', 'test', 'testdata', level);
    let pods = 0;
    const wrong: string[] = [];
    for (const version of readdirSync(root)) {
      const minor = Number(version.replace('v1.', ''));
      for (const verdict of ['pass', 'fail']) {
        for (const file of readdirSync(join(root, version, verdict))) {
          const { documents } = parseYamlDocuments(readFileSync(join(root, version, verdict, file), 'utf8'));
          const value = documents[0]?.value;
          const found = podSecurity(
            { metadata: membersAt(value, 'metadata'), spec: membersAt(value, 'spec') },
            level,
            minor,
          );
          pods++;
          if ((found.length === 0) !== (verdict === 'pass')) wrong.push(`${version}/${verdict}/${file}`);
          else if (verdict === 'fail' && !found.some(({ control }) => isNamed(file, control)))
            wrong.push(`${version}/${file}: for another reason`);
        }
      }
    }
    context.diagnostic(`${pods} pods of ${newest}`);
    assert.deepEqual(wrong, []);
    assert.ok(pods > 1000);
  });
}

/** `capabilities_baseline3.yaml` is about `capabilities_baseline`, or about what takes its place at the level. */
function isNamed(file: string, control: string): boolean {
  const stem = (name: string) => name.toLowerCase().replace(/(?:_baseline|_restricted)?\d*(?:\.yaml)?$/, '');
  return stem(file) === stem(control) || (stem(file) === 'hostpathvolumes' && control === 'restrictedVolumes');
}

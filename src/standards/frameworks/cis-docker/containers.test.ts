import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { redClauses, requirementsOf } from '../../../../test/kit/requirements.ts';
import { cisDocker } from './index.ts';

/** A service that no clause finds fault with. */
const sound = {
  image: `registry.example.net/shop/web:2.7.1@sha256:${'0'.repeat(64)}`,
  user: '10001:10001',
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  mem_limit: '256m',
  cpus: 0.5,
  pids_limit: 100,
  restart: 'on-failure:5',
  healthcheck: { test: ['CMD', '/web', '--check'] },
  networks: ['shop'],
  ports: ['127.0.0.1:8080:8080'],
};

/** Settings that make these clauses and no others red. */
const changed: readonly (readonly [clauses: readonly string[], settings: object])[] = [
  [['5.2'], { security_opt: ['no-new-privileges:true', 'apparmor=unconfined'] }],
  [['5.3'], { security_opt: ['no-new-privileges:true', 'label=disable'] }],
  [['5.4'], { cap_drop: [] }],
  [['5.4'], { cap_add: ['SYS_ADMIN'] }],
  [['5.5'], { privileged: true }],
  [['5.6'], { volumes: ['/etc:/host/etc:ro'] }],
  [['5.7'], { ports: ['127.0.0.1:2222:22'] }],
  [['5.8'], { ports: ['127.0.0.1:25:8025'] }],
  [['5.10'], { network_mode: 'host', networks: undefined, ports: undefined }],
  [['5.11'], { mem_limit: undefined }],
  [['5.12'], { cpus: undefined }],
  [['5.13'], { read_only: false }],
  [['5.14'], { ports: ['8080:8080'] }],
  [['5.15'], { restart: 'always' }],
  [['5.16'], { pid: 'host' }],
  [['5.17'], { ipc: 'host' }],
  [['5.18'], { devices: ['/dev/sda:/dev/sda'] }],
  [['5.19'], { ulimits: { nproc: -1 } }],
  [['5.20'], { volumes: [{ type: 'bind', source: './data', target: '/data', bind: { propagation: 'shared' } }] }],
  [['5.21'], { uts: 'host' }],
  [['5.22'], { security_opt: ['no-new-privileges:true', 'seccomp=unconfined'] }],
  [['5.25'], { cgroup_parent: 'fast' }],
  [['5.26'], { security_opt: [] }],
  [['5.27'], { healthcheck: { disable: true } }],
  [['5.28'], { image: 'registry.example.net/shop/web:2.7.1', pull_policy: 'never' }],
  [['5.29'], { pids_limit: undefined }],
  [['5.30'], { networks: undefined, network_mode: 'bridge' }],
  [['5.31'], { userns_mode: 'host' }],
  [['5.32'], { volumes: ['/var/run/docker.sock:/var/run/docker.sock'] }],
];

describe('clauses about containers', () => {
  test('a sound service makes none of them red', () => {
    assert.deepEqual(red({}), []);
  });

  for (const [clauses, settings] of changed)
    test(`${clauses.join(', ')}: ${JSON.stringify(settings)}`, () => {
      assert.deepEqual(red(settings), clauses);
    });

  test('a Compose file alone never makes one green: what runs was not looked at', () => {
    const requirements = requirementsOf(cisDocker, composeFile({}));
    const green = [...requirements.values()].filter(({ clause, state }) => clause.startsWith('5.') && state === 'pass');
    assert.deepEqual(green, []);
  });
});

function red(settings: object): string[] {
  return redClauses(cisDocker, composeFile(settings));
}

function composeFile(settings: object): Record<string, string> {
  const file = { services: { web: { ...sound, ...settings } }, networks: { shop: {} } };
  return { 'compose.yaml': JSON.stringify(file) };
}

import assert from 'node:assert/strict';
import { checkMachine, machineParts } from '#checks/index.ts';
import { parseEvidence, renderEvidence } from '#posture/index.ts';
import { containerExample } from '../../../src/checks/container/container-check.ts';
import { daemonWith, engineWith } from '../../../src/checks/docker-host/examples.ts';
import { checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const seeds = [
  containerExample({ HostConfig: { Privileged: true }, Mounts: [{ Type: 'bind', Source: '/' }] }),
  daemonWith({ hosts: ['tcp://0.0.0.0:2375'], icc: false }, '--log-level=debug'),
  engineWith({ Swarm: { LocalNodeState: 'active' } }, { networks: [{ Driver: 'overlay' }], images: [{ Created: 1 }] }),
];

export const evidenceFile: FuzzTarget = {
  id: 'evidence-file',
  title: 'Evidence of machines, and the checks that ask about it',
  form: 'json',
  seeds: () => seeds.map((text) => Buffer.from(text)),
  run(bytes) {
    const evidence = checkResult(parseEvidence(Buffer.from(bytes).toString('utf8'), 'a.json'));
    if (evidence === undefined) return;
    const { problems } = checkMachine(evidence, machineParts);
    assert.deepEqual(
      problems.filter(({ code }) => code === 'check-failed'),
      [],
    );
    checkResult(parseEvidence(renderEvidence(evidence), 'b.json'));
  },
};

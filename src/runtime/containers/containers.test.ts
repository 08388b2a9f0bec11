import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Process } from '../process.ts';
import { capabilityBits } from './capabilities.ts';
import { ownerOfGroup } from './cgroup-path.ts';
import { parseImageName } from './image-name.ts';
import { bundleFromCommand } from './runtime-command.ts';

const id = 'ab'.repeat(32);
const nobody = () => undefined;

describe('whose a control group is', () => {
  const cases: readonly (readonly [path: string, owner: string | undefined])[] = [
    [`/docker/${id}`, 'docker'],
    [`/system.slice/docker-${id}.scope`, 'docker'],
    [`/libpod_parent/libpod-${id}`, 'podman'],
    [`/machine.slice/libpod-${id}.scope/container`, 'podman'],
    [`/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/cri-containerd-${id}.scope`, 'containerd'],
    [`/kubepods/besteffort/pod1/${id}`, 'unknown'],
    [`/kubepods.slice/crio-${id}.scope`, 'cri-o'],
    [`/docker/${'cd'.repeat(32)}/docker/${id}`, 'docker'],
    [`/machine.slice/libpod-conmon-${id}.scope`, undefined],
    [`/crio-conmon-${id}.scope`, undefined],
    ['/user.slice/user-0.slice/session-1.scope', undefined],
    ['/', undefined],
  ];
  for (const [path, runtime] of cases) {
    it(`${path} is ${runtime ?? "the host's"}`, () => {
      const owner = ownerOfGroup(path, nobody);
      assert.equal(owner?.runtime, runtime);
      if (owner) assert.equal(owner.id, id);
    });
  }

  it('names are containers when somebody was seen to give them', () => {
    const named = (name: string) => (name === 'web' ? { id: 'web', runtime: 'runc' as const } : undefined);
    assert.equal(ownerOfGroup('/default/web', named)?.id, 'web');
    assert.equal(ownerOfGroup('/default/other', named), undefined);
  });
});

describe('commands that make containers', () => {
  const cases: readonly (readonly [line: string, caller: string, result: string | undefined])[] = [
    ['/usr/bin/runc --root /run/runc create --bundle /b --pid-file /p web', 'conmon', 'web podman /b'],
    ['runc run t1', 'bash', 't1 runc /srv'],
    ['runc run -d --bundle=sub t1', 'bash', 't1 runc /srv/sub'],
    ['runc --root /run/containerd/runc/k8s.io --log /l create --bundle /b x', 'containerd-shim', 'x containerd /b'],
    ['crun --systemd-cgroup create --bundle /b x', 'conmon', 'x podman /b'],
    ['runc delete x', 'conmon', undefined],
    ['runc create', 'conmon', undefined],
    ['bash -c runc run t1', 'bash', undefined],
  ];
  for (const [line, caller, result] of cases) {
    it(line, () => {
      const process = { parent: { name: caller } } as Process;
      const command = bundleFromCommand({ args: line.split(' '), cwd: '/srv' }, process);
      assert.equal(command && `${command.id} ${command.runtime} ${command.bundle}`, result);
    });
  }
});

it('images are taken apart at the last colon of the last part', () => {
  const image = parseImageName('registry.example:5000/team/web:1.2@sha256:aa', undefined, undefined);
  assert.deepEqual(
    [image?.repository, image?.tag, image?.digest],
    ['registry.example:5000/team/web', '1.2', 'sha256:aa'],
  );
  assert.deepEqual([parseImageName('registry.example:5000/web', undefined, 'x')?.tag], [undefined]);
});

it('capabilities are bits by their numbers', () => {
  assert.equal(capabilityBits(['CAP_CHOWN', 'CAP_SYS_ADMIN', 'BPF', 'CAP_UNHEARD_OF']), 1 + 2 ** 21 + 2 ** 39);
});

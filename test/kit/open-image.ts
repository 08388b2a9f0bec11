import assert from 'node:assert/strict';
import { type ImageArtifact, type OpenOptions, openTarget, type TargetError } from '#artifact/index.ts';

/** Nothing of this machine's own configuration takes part. */
const isolated = {
  environment: {
    HOME: '/nonexistent',
    DOCKER_HOST: 'unix:///nonexistent/docker.sock',
    CONTAINERS_STORAGE_CONF: '/nonexistent',
    CONTAINERD_ROOT: '/nonexistent',
  },
  platform: 'linux/amd64',
};

export async function openImage(target: string, options: Partial<OpenOptions> = {}): Promise<ImageArtifact> {
  const opened = await openTarget(target, { ...isolated, signal: AbortSignal.timeout(60_000), ...options });
  assert.ok(opened.ok, opened.ok ? '' : `${opened.error.code}: ${opened.error.message}`);
  assert.equal(opened.value.kind, 'image');
  return opened.value as ImageArtifact;
}

export async function openFailure(target: string, options: Partial<OpenOptions> = {}): Promise<TargetError> {
  const opened = await openTarget(target, { ...isolated, signal: AbortSignal.timeout(60_000), ...options });
  assert.ok(!opened.ok, 'expected an error');
  return opened.error;
}

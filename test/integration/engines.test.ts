import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { ImageArtifact } from '#artifact/index.ts';
import { missingPrograms } from '../kit/docker-registry.ts';
import { openImage } from '../kit/open-image.ts';
import { named, SampleBlobs } from '../kit/sample-layout.ts';

const notRoot = process.getuid?.() === 0 ? false : 'engines need root here';

/** One image of two layers, the second of which deletes a file and replaces a directory. */
function sampleImage(directory: string): { readonly layout: string; readonly archive: string } {
  const blobs = new SampleBlobs();
  const image = blobs.image(process.arch === 'arm64' ? 'arm64' : 'amd64', [
    blobs.layer([
      { name: 'etc/', type: 'directory' },
      { name: 'etc/kept', body: 'kept' },
      { name: 'etc/gone', body: 'gone' },
      { name: 'data/', type: 'directory' },
      { name: 'data/old', body: 'old' },
    ]),
    blobs.layer([
      { name: 'etc/', type: 'directory' },
      { name: 'etc/.wh.gone', body: '' },
      { name: 'data/', type: 'directory' },
      { name: 'data/.wh..wh..opq', body: '' },
      { name: 'data/new', body: 'new'.repeat(10_000) },
      { name: 'data/twin', type: 'hardlink', linkname: 'data/new' },
    ]),
  ]);
  const layout = blobs.write(join(directory, 'layout'), [named(image, '1')]);
  const archive = join(directory, 'archive.tar');
  writeFileSync(archive, blobs.archive([named(image, '1')]));
  return { layout, archive };
}

const contentsOf = (image: ImageArtifact) => image.layers.map(({ content }) => content.kind);

/** Fetches each layer and checks that its bytes are those of its diffID. */
async function assertRebuilt(image: ImageArtifact): Promise<void> {
  for (const { content, diffId } of image.layers) {
    assert.equal(content.kind, 'remote');
    if (content.kind !== 'remote') continue;
    const blob = await content.fetch(AbortSignal.timeout(60_000));
    assert.equal(`sha256:${createHash('sha256').update(readFileSync(blob.path)).digest('hex')}`, diffId);
    await blob.release();
  }
}

describe('the store of Podman, Buildah and CRI-O', { skip: notRoot || missingPrograms('skopeo') }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-podman-'));
  let expected: ImageArtifact;
  const environments: Record<string, Record<string, string>> = {};

  before(async () => {
    const { layout } = sampleImage(directory);
    expected = await openImage(`oci:${layout}`);
    for (const driver of ['overlay', 'vfs']) {
      const root = join(directory, driver);
      execFileSync('skopeo', [
        'copy',
        '-q',
        `oci:${layout}:1`,
        `containers-storage:[${driver}@${root}+${root}-run]localhost/sample/app:1`,
      ]);
      const settings = join(directory, `${driver}.conf`);
      writeFileSync(settings, `[storage]\ndriver = "${driver}"\ngraphroot = "${root}"\n`);
      environments[driver] = { CONTAINERS_STORAGE_CONF: settings };
    }
  });
  after(() => removeMounted(directory));

  test('overlay: the layer directories are read in place', async () => {
    const image = await openImage('podman:sample/app:1', { environment: environments['overlay'] ?? {} });
    assert.deepEqual(contentsOf(image), ['directory', 'directory']);
    assert.equal(image.configDigest, expected.configDigest);
    assert.equal(image.manifestDigest, expected.manifestDigest);
    assert.deepEqual(
      image.layers.map(({ diffId }) => diffId),
      expected.layers.map(({ diffId }) => diffId),
    );
  });

  test('vfs: the layers are written again, bit for bit, from the copies of the tree', async () => {
    const spoolDirectory = join(directory, 'spool');
    const image = await openImage('podman:localhost/sample/app:1', {
      environment: environments['vfs'] ?? {},
      spoolDirectory,
    });
    await assertRebuilt(image);
    await image.close();
    assert.deepEqual(readdirSync(spoolDirectory), []);
  });
});

describe('containerd', { skip: notRoot || missingPrograms('containerd', 'ctr') }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-containerd-'));
  const root = join(directory, 'root');
  const address = join(directory, 'containerd.sock');
  let daemon: ChildProcess;

  before(async () => {
    const { archive } = sampleImage(directory);
    daemon = spawn('containerd', ['--root', root, '--state', join(directory, 'state'), '--address', address], {
      stdio: 'ignore',
    });
    await socketAppears(address, daemon);
    const ctr = (...rest: readonly string[]) =>
      execFileSync('ctr', ['--address', address, ...rest], { stdio: 'ignore' });
    ctr('images', 'import', '--base-name', 'docker.io/sample/app', archive);
    ctr('--namespace', 'k8s.io', 'images', 'import', '--base-name', 'docker.io/sample/app', archive);
  });
  after(async () => {
    await stopped(daemon);
    removeMounted(directory);
  });

  test('images are read from its content store while it runs', async () => {
    for (const name of ['sample/app:1', 'docker.io/sample/app:1']) {
      const image = await openImage(`containerd:${name}`, { environment: { CONTAINERD_ROOT: root } });
      assert.deepEqual(contentsOf(image), ['file', 'file']);
      assert.deepEqual(image.tags, ['docker.io/sample/app:1']);
    }
  });
});

describe('Docker', { skip: notRoot || missingPrograms('dockerd', 'docker', 'containerd', 'skopeo') }, () => {
  for (const driver of ['overlay2', 'vfs']) {
    describe(`with the ${driver} driver`, () => {
      const directory = mkdtempSync(join(tmpdir(), 'plimsoll-dockerd-'));
      const socket = join(directory, 'docker.sock');
      const daemons: ChildProcess[] = [];
      let reason: string | undefined;

      before(async () => {
        const { layout } = sampleImage(directory);
        const archive = join(directory, 'docker.tar');
        execFileSync('skopeo', ['copy', '-q', `oci:${layout}:1`, `docker-archive:${archive}:sample/app:1`]);
        reason = await startDocker(directory, driver, socket, daemons);
        if (reason === undefined)
          execFileSync('docker', ['--host', `unix://${socket}`, 'load', '--input', archive], { stdio: 'ignore' });
      });
      after(async () => {
        for (const daemon of daemons.reverse()) await stopped(daemon);
        removeMounted(directory);
      });

      test('images are found through its API and read where they lie', async (t) => {
        if (reason !== undefined) return t.skip(reason);
        const image = await openImage('docker:sample/app:1', { environment: { DOCKER_HOST: `unix://${socket}` } });
        if (driver === 'vfs') await assertRebuilt(image);
        else assert.deepEqual(contentsOf(image), ['directory', 'directory']);
        await image.close();
      });
    });
  }
});

/** Starts a Docker engine that touches nothing outside its directory; says why when it does not start here. */
async function startDocker(
  directory: string,
  driver: string,
  socket: string,
  daemons: ChildProcess[],
): Promise<string | undefined> {
  const address = join(directory, 'containerd.sock');
  const containerd = spawn(
    'containerd',
    ['--root', join(directory, 'c'), '--state', join(directory, 's'), '--address', address],
    { stdio: 'ignore' },
  );
  daemons.push(containerd);
  await socketAppears(address, containerd);
  const options = {
    'data-root': join(directory, 'docker'),
    'exec-root': join(directory, 'exec'),
    host: `unix://${socket}`,
    pidfile: join(directory, 'pid'),
    containerd: address,
    bridge: 'none',
    iptables: 'false',
    'ip-forward': 'false',
    'storage-driver': driver,
  };
  const daemon = spawn(
    'dockerd',
    Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    { stdio: 'ignore' },
  );
  daemons.push(daemon);
  const started = await answersVersion(socket, daemon);
  return started ? undefined : `dockerd does not start here with ${driver}`;
}

async function answersVersion(socket: string, daemon: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 300 && daemon.exitCode === null; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (!existsSync(socket)) continue;
    try {
      execFileSync('docker', ['--host', `unix://${socket}`, 'version'], { stdio: 'ignore' });
      return true;
    } catch {
      // Not yet.
    }
  }
  return false;
}

async function socketAppears(path: string, daemon: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (existsSync(path)) return;
    if (daemon.exitCode !== null) throw new Error(`ended with ${daemon.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${path} did not appear`);
}

async function stopped(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  daemon.kill();
  await ended;
}

/** Engines leave mounts on their own directories behind. */
function removeMounted(directory: string): void {
  mkdirSync(directory, { recursive: true });
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  for (const mount of mounts.filter((path) => path.startsWith(`${directory}/`)).reverse()) {
    execFileSync('umount', ['--lazy', mount], { stdio: 'ignore' });
  }
  rmSync(directory, { recursive: true, force: true });
}

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type ImageArtifact, type OpenOptions, openTarget, type RegistryOptions } from '#artifact/index.ts';
import { type DockerRegistry, missingPrograms, registryLogin, startDockerRegistry } from '../kit/docker-registry.ts';
import { named, SampleBlobs } from '../kit/sample-layout.ts';

const skip = missingPrograms('docker-registry', 'skopeo', 'htpasswd');

describe('a real registry with TLS and passwords', { skip }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-registry-'));
  const spoolDirectory = join(directory, 'spool');
  const nobody = { HOME: join(directory, 'nobody') };
  let registry: DockerRegistry;
  let access: RegistryOptions;

  before(async () => {
    registry = await startDockerRegistry(join(directory, 'registry'), { login: true });
    access = { caFile: registry.caFile, certificateDirectories: [], environment: nobody };
    pushSamples(directory, registry);
  });
  after(async () => {
    await registry.stop();
    rmSync(directory, { recursive: true });
  });

  const options = (registries: RegistryOptions, more: Partial<OpenOptions> = {}): OpenOptions => ({
    registries,
    spoolDirectory,
    environment: nobody,
    signal: AbortSignal.timeout(60_000),
    platform: 'linux/amd64',
    ...more,
  });
  const openImage = async (
    target: string,
    given = options({ ...access, ...registryLogin }),
  ): Promise<ImageArtifact> => {
    const opened = await openTarget(target, given);
    assert.ok(opened.ok, opened.ok ? '' : opened.error.message);
    assert.equal(opened.value.kind, 'image');
    return opened.value as ImageArtifact;
  };
  const failure = async (target: string, registries: RegistryOptions, more: Partial<OpenOptions> = {}) => {
    const opened = await openTarget(target, options(registries, more));
    assert.ok(!opened.ok, 'expected an error');
    assert.equal(JSON.stringify(opened.error).includes(registryLogin.password), false);
    return opened.error;
  };

  test('by tag, by digest and by index all the same image comes', async () => {
    const byTag = await openImage(`registry:${registry.host}/team/app:1`);
    const byDigest = await openImage(`registry:${registry.host}/team/app@${byTag.manifestDigest}`);
    const guessed = await openImage(`${registry.host}/team/app:1`);
    const byIndex = await openImage(`registry:${registry.host}/team/app@${byTag.indexDigest}`);
    for (const other of [byDigest, guessed, byIndex]) assert.equal(other.configDigest, byTag.configDigest);
    assert.equal(byTag.platform.architecture, 'amd64');
    assert.equal(byTag.layers[0]?.instruction, 'RUN step 1');
    assert.equal(byTag.name, `${registry.host}/team/app:1`);
  });

  test('layers come verified, are shared while used and leave nothing behind', async () => {
    const image = await openImage(`registry:${registry.host}/team/app:1`);
    const [layer] = image.layers;
    assert.equal(layer?.content.kind, 'remote');
    if (layer?.content.kind !== 'remote') return;
    const signal = AbortSignal.timeout(60_000);
    const [first, second] = await Promise.all([layer.content.fetch(signal), layer.content.fetch(signal)]);
    assert.equal(first.path, second.path);
    assert.equal(`sha256:${createHash('sha256').update(readFileSync(first.path)).digest('hex')}`, layer.blobDigest);
    await first.release();
    await first.release();
    assert.equal(existsSync(first.path), true);
    await second.release();
    assert.equal(existsSync(first.path), false);
    await image.close();
    await image.close();
    assert.deepEqual(readdirSync(spoolDirectory), []);
  });

  test('another platform is chosen by name; a missing one lists what there is', async () => {
    const arm = await openImage(
      `registry:${registry.host}/team/app:1`,
      options({ ...access, ...registryLogin }, { platform: 'arm64' }),
    );
    assert.equal(arm.platform.architecture, 'arm64');
    const error = await failure(
      `registry:${registry.host}/team/app:1`,
      { ...access, ...registryLogin },
      { platform: 'linux/s390x' },
    );
    assert.match(error.message, /linux\/amd64, linux\/arm64\/v8/);
  });

  test('the Docker media types are read as well', async () => {
    const image = await openImage(`registry:${registry.host}/team/docker:1`);
    assert.match(image.layers[0]?.mediaType ?? '', /vnd\.docker\.image/);
  });

  test('stored logins are found where the container tools keep them', async (t) => {
    const auth = Buffer.from(`${registryLogin.username}:${registryLogin.password}`).toString('base64');
    const helper = { Username: registryLogin.username, Secret: registryLogin.password };
    const cases: Readonly<Record<string, { files: Record<string, object>; environment: Record<string, string> }>> = {
      'docker config.json': {
        files: { 'docker/config.json': { auths: { [registry.host]: { auth } } } },
        environment: { DOCKER_CONFIG: 'docker' },
      },
      'containers auth.json, for a part of the registry': {
        files: { 'run/containers/auth.json': { auths: { [`${registry.host}/team`]: { auth } } } },
        environment: { XDG_RUNTIME_DIR: 'run' },
      },
      'a file of its own': {
        files: { 'own.json': { auths: { [`https://${registry.host}/v2/`]: { auth } } } },
        environment: { REGISTRY_AUTH_FILE: 'own.json' },
      },
      'a credential helper': {
        files: { 'docker/config.json': { credHelpers: { [registry.host]: 'sample' } } },
        environment: { DOCKER_CONFIG: 'docker', PATH: 'bin' },
      },
      'the general credential store': {
        files: { 'docker/config.json': { credsStore: 'sample' } },
        environment: { DOCKER_CONFIG: 'docker', PATH: 'bin' },
      },
    };
    for (const [name, { files, environment }] of Object.entries(cases)) {
      await t.test(name, async () => {
        const home = mkdtempSync(join(directory, 'home-'));
        writeHelper(join(home, 'bin'), registry.host, helper);
        for (const [file, content] of Object.entries(files)) {
          mkdirSync(join(home, file, '..'), { recursive: true });
          writeFileSync(join(home, file), JSON.stringify(content));
        }
        const places = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, join(home, value)]));
        const path = places['PATH'] === undefined ? process.env['PATH'] : `${places['PATH']}:${process.env['PATH']}`;
        const image = await openImage(
          `registry:${registry.host}/team/app:1`,
          options({ ...access, environment: { HOME: home, ...places, PATH: path } }),
        );
        await image.close();
      });
    }
  });

  test('certificates in certs.d are trusted for their registry', async () => {
    const certificates = join(directory, 'certs.d');
    mkdirSync(join(certificates, registry.host), { recursive: true });
    writeFileSync(join(certificates, registry.host, 'ca.crt'), readFileSync(registry.caFile));
    const registries = { ...registryLogin, environment: nobody, certificateDirectories: [certificates] };
    await (await openImage(`registry:${registry.host}/team/app:1`, options(registries))).close();
  });

  test('what goes wrong is said', async () => {
    const there = `registry:${registry.host}/team/app:1`;
    assert.match(
      (await failure(there, { environment: nobody, certificateDirectories: [] })).message,
      /self-signed|unknown CA/,
    );
    assert.equal((await failure(there, access)).code, 'denied');
    assert.equal((await failure(there, { ...access, ...registryLogin, password: 'wrong' })).code, 'denied');
    assert.equal(
      (await failure(`registry:${registry.host}/team/app:none`, { ...access, ...registryLogin })).code,
      'not-found',
    );
    assert.equal(
      (await failure(`registry:${registry.host}/other/app:1`, { ...access, ...registryLogin })).code,
      'not-found',
    );
    const helperMissing = join(directory, 'missing-helper');
    mkdirSync(join(helperMissing, '.docker'), { recursive: true });
    writeFileSync(join(helperMissing, '.docker/config.json'), '{"credsStore":"absent"}');
    assert.match(
      (await failure(there, { ...access, environment: { HOME: helperMissing, PATH: '/nowhere' } })).message,
      /docker-credential-absent .*not installed/,
    );
  });

  test('a mirror is asked first, and the registry when the mirror fails', async () => {
    const mirrored = (mirror: string) =>
      options({ ...access, ...registryLogin, mirrors: [`${registry.host}=${mirror}`] });
    const image = await openImage(`registry:${registry.host}/team/app:1`, mirrored('127.0.0.1:1'));
    assert.equal(image.problems[0]?.code, 'mirror-skipped');
    await image.close();
  });
});

describe('a real registry without TLS on loopback', { skip }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-registry-'));
  let registry: DockerRegistry;
  before(async () => {
    registry = await startDockerRegistry(join(directory, 'registry'), { tls: false });
    pushSamples(directory, registry);
  });
  after(async () => {
    await registry.stop();
    rmSync(directory, { recursive: true });
  });

  test('is read without being asked to', async () => {
    const opened = await openTarget(`registry:${registry.host}/team/app:1`, {
      signal: AbortSignal.timeout(60_000),
      platform: 'amd64',
    });
    assert.ok(opened.ok, opened.ok ? '' : opened.error.message);
    await opened.value.close();
  });
});

/** One image for two platforms in OCI form, one in Docker's. */
function pushSamples(directory: string, { host }: DockerRegistry): void {
  const blobs = new SampleBlobs();
  const amd64 = blobs.image('amd64');
  const layout = blobs.write(join(directory, 'layout'), [
    named(blobs.index([amd64, blobs.image('arm64')]), 'multi'),
    named(amd64, 'single'),
  ]);
  const login = ['--dest-creds', `${registryLogin.username}:${registryLogin.password}`, '--dest-tls-verify=false'];
  execFileSync('skopeo', ['copy', '-q', '--all', ...login, `oci:${layout}:multi`, `docker://${host}/team/app:1`]);
  execFileSync('skopeo', [
    'copy',
    '-q',
    '--format',
    'v2s2',
    ...login,
    `oci:${layout}:single`,
    `docker://${host}/team/docker:1`,
  ]);
}

function writeHelper(directory: string, server: string, answer: object): void {
  mkdirSync(directory, { recursive: true });
  const script = `#!/bin/sh\nread asked\n[ "$1 $asked" = "get ${server}" ] && echo '${JSON.stringify(answer)}' && exit 0\necho 'credentials not found in native keychain'; exit 1\n`;
  writeFileSync(join(directory, 'docker-credential-sample'), script, { mode: 0o755 });
}

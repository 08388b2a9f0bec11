import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fetchReferrers } from '#artifact/index.ts';
import { applyVex, isVexAttachment, readAttachedVex } from '#vulnerability/index.ts';
import { type DockerRegistry, missingPrograms, startDockerRegistry } from '../kit/docker-registry.ts';
import { vulnerability } from '../kit/findings.ts';
import { type BlobDescriptor, mediaTypes, named, SampleBlobs } from '../kit/sample-layout.ts';
import { envelope, openVex } from '../kit/vex.ts';

const skip = missingPrograms('docker-registry', 'skopeo');
const finding = vulnerability('CVE-2024-1');
const statement = (status: string, products?: unknown[]) => [
  { vulnerability: { name: 'CVE-2024-1' }, status, ...(products && { products }) },
];

describe('VEX that hangs on an image in a real registry', { skip }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-referrers-'));
  const blobs = new SampleBlobs();
  const images = { tagged: blobs.image('amd64'), attested: blobs.image('arm64'), plain: blobs.image('s390x') };
  let registry: DockerRegistry;

  before(async () => {
    registry = await startDockerRegistry(join(directory, 'registry'), { tls: false });
    const layout = blobs.write(
      join(directory, 'layout'),
      Object.entries(images).map(([name, image]) => named(image, name)),
    );
    for (const name of Object.keys(images))
      execFileSync('skopeo', [
        'copy',
        '-q',
        '--dest-tls-verify=false',
        `oci:${layout}:${name}`,
        `docker://${registry.host}/team/app:${name}`,
      ]);
    const vex = openVex(statement('not_affected', [`pkg:oci/app@${images.tagged.digest}`]));
    const artifact = await attach(registry.host, vex, 'application/vnd.openvex+json', images.tagged);
    const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [artifact] };
    await put(registry.host, `manifests/${tagOf(images.tagged)}`, JSON.stringify(index), mediaTypes.index);
    const subject = [{ name: 'app', digest: { sha256: images.attested.digest.slice(7) } }];
    await attach(
      registry.host,
      envelope(openVex(statement('fixed')), subject),
      'application/vnd.dsse.envelope.v1+json',
      images.attested,
      `${tagOf(images.attested)}.att`,
    );
  });
  after(async () => {
    await registry.stop();
    rmSync(directory, { recursive: true });
  });

  for (const [name, expected] of [
    ['tagged', ['not-affected', 'vex-unverified']],
    ['attested', ['fixed', 'vex-unverified']],
    ['plain', [undefined]],
  ] as const) {
    test(name, async () => {
      const { digest } = images[name];
      const reference = `${registry.host}/team/app:${name}`;
      const found = await fetchReferrers({
        name: reference,
        digests: [digest],
        registries: { environment: {}, certificateDirectories: [] },
        signal: AbortSignal.timeout(30_000),
        isWanted: isVexAttachment,
      });
      const vex = readAttachedVex(found.documents);
      const context = { names: [reference], digests: [digest], packages: [finding.package] };
      const { findings } = applyVex([finding], vex.statements, context);
      const codes = [...found.problems, ...vex.problems].map(({ code }) => code);
      assert.deepEqual([findings[0]?.decision?.state, ...codes], expected);
    });
  }
});

function tagOf({ digest }: BlobDescriptor): string {
  return digest.replace(':', '-');
}

/** Pushes an artifact of one document as its clients do. */
async function attach(
  host: string,
  text: string,
  type: string,
  subject: BlobDescriptor,
  tag?: string,
): Promise<BlobDescriptor> {
  const made = new SampleBlobs();
  const config = made.add('{}', 'application/vnd.oci.empty.v1+json');
  const layer = made.add(text, type);
  for (const [digest, bytes] of made.blobs) await pushBlob(host, digest, bytes);
  const document = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    artifactType: type,
    config,
    layers: [layer],
    subject,
  };
  const manifest = made.add(document, mediaTypes.manifest, { artifactType: type });
  await put(host, `manifests/${tag ?? manifest.digest}`, JSON.stringify(document), mediaTypes.manifest);
  return manifest;
}

async function pushBlob(host: string, digest: string, bytes: Uint8Array): Promise<void> {
  const started = await fetch(`http://${host}/v2/team/app/blobs/uploads/`, { method: 'POST' });
  const location = new URL(started.headers.get('location') ?? '', `http://${host}`);
  location.searchParams.set('digest', digest);
  const done = await fetch(location, {
    method: 'PUT',
    body: Buffer.from(bytes),
    headers: { 'content-type': 'application/octet-stream' },
  });
  assert.equal(done.status, 201);
}

async function put(host: string, path: string, body: string, type: string): Promise<void> {
  const done = await fetch(`http://${host}/v2/team/app/${path}`, {
    method: 'PUT',
    body,
    headers: { 'content-type': type },
  });
  assert.equal(done.status, 201, await done.text());
}

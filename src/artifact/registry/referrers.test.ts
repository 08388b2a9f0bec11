import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FakeRegistry, type Misbehaviour, startFakeRegistry } from '../../../test/kit/fake-registry.ts';
import { type BlobDescriptor, mediaTypes, SampleBlobs } from '../../../test/kit/sample-layout.ts';
import { type AttachmentKind, fetchReferrers } from '../index.ts';

const OPENVEX = 'application/vnd.openvex+json';
const blobs = new SampleBlobs();
const image = blobs.image('amd64');

/** An artifact of one document, as OCI 1.1 writes it. */
function artifact(
  text: string,
  type: string,
  more: { subject?: BlobDescriptor; annotations?: Record<string, string> } = {},
): BlobDescriptor {
  const config = blobs.add('{}', 'application/vnd.oci.empty.v1+json');
  const layer = blobs.add(text, type, more.annotations ? { annotations: more.annotations } : {});
  const subject = more.subject ?? image;
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    artifactType: type,
    config,
    layers: [layer],
    subject,
  };
  return blobs.add(manifest, mediaTypes.manifest, { artifactType: type });
}

const first = artifact('first', OPENVEX);
const second = artifact('second', OPENVEX);
const other = artifact('other', 'application/spdx+json');
const foreign = artifact('foreign', OPENVEX, { subject: first });
const attestation = artifact('attested', 'application/vnd.dsse.envelope.v1+json', {
  annotations: { predicateType: 'https://openvex.dev/ns' },
});
const provenance = artifact('built', 'application/vnd.dsse.envelope.v1+json', {
  annotations: { predicateType: 'https://slsa.dev/provenance/v1' },
});

/** Answers by path below the repository. */
function answering(answers: Readonly<Record<string, { body: object | string; link?: string }>>): Misbehaviour {
  return (request, response) => {
    const path = decodeURIComponent(request.url ?? '').replace('/v2/team/app/', '');
    const answer = answers[path];
    if (answer === undefined) return false;
    response.writeHead(200, { 'content-type': mediaTypes.index, ...(answer.link && { link: answer.link }) });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    return true;
  };
}

const listOf = (...manifests: readonly BlobDescriptor[]) => ({
  schemaVersion: 2,
  mediaType: mediaTypes.index,
  manifests,
});
const wanted = ({ types, annotations }: AttachmentKind): boolean =>
  annotations['predicateType'] === undefined
    ? types.includes(OPENVEX) || types.some((type) => type.includes('dsse'))
    : /openvex/.test(annotations['predicateType']);

async function fetched(answers: Parameters<typeof answering>[0]): Promise<string[]> {
  const registry: FakeRegistry = await startFakeRegistry(answering(answers), {
    build: (empty) => {
      for (const [digest, bytes] of blobs.blobs) empty.blobs.set(digest, bytes);
      return image;
    },
  });
  try {
    const { documents, problems } = await fetchReferrers({
      name: `${registry.host}/team/app:1`,
      digests: [image.digest],
      registries: { environment: {}, certificateDirectories: [] },
      signal: AbortSignal.timeout(20_000),
      isWanted: wanted,
    });
    return [
      ...documents.map(({ bytes }) => Buffer.from(bytes).toString()),
      ...problems.map(({ code, message }) => `${code}: ${message}`),
    ];
  } finally {
    await registry.close();
  }
}

const api = `referrers/${image.digest}`;
const tag = `manifests/${image.digest.replace(':', '-')}`;

describe('what hangs on an image', () => {
  const table: [name: string, answers: Parameters<typeof answering>[0], expected: (string | RegExp)[]][] = [
    ['nothing', {}, []],
    ['by the referrers API', { [api]: { body: listOf(first, other, second) } }, ['first', 'second']],
    [
      'over several pages',
      {
        [api]: { body: listOf(first), link: `</v2/team/app/referrers/x?n=1>; rel="next"` },
        [`${api}?n=1`]: { body: listOf(second) },
      },
      ['first', 'second'],
    ],
    ['by the tag that stands for it', { [tag]: { body: listOf(first) } }, ['first']],
    ['by both, the API counts', { [api]: { body: listOf(first) }, [tag]: { body: listOf(second) } }, ['first']],
    [
      'by cosign’s tag',
      { [`${tag}.att`]: { body: Buffer.from(blobs.blobs.get(attestation.digest) ?? []).toString() } },
      ['attested'],
    ],
    [
      'an attestation of another kind',
      { [`${tag}.att`]: { body: Buffer.from(blobs.blobs.get(provenance.digest) ?? []).toString() } },
      [],
    ],
    [
      'an artifact of another image',
      { [api]: { body: listOf(foreign, first) } },
      ['first', /says that it belongs to sha256/],
    ],
    [
      'an artifact that is gone',
      { [api]: { body: listOf({ ...first, digest: `sha256:${'0'.repeat(64)}` }) } },
      [/does not have manifests/],
    ],
    [
      'an artifact that was changed',
      { [api]: { body: listOf(first) }, [`manifests/${first.digest}`]: { body: listOf() } },
      [/damaged or was changed/],
    ],
    [
      'a document that was changed',
      { [api]: { body: listOf(first) }, [`blobs/${blobs.add('first', OPENVEX).digest}`]: { body: 'fIrst' } },
      [/damaged or was changed/],
    ],
    ['no list', { [api]: { body: '{"manifests": 5}' } }, []],
    ['a page that never ends', { [api]: { body: listOf(), link: `<${'?'.repeat(5000)}` } }, []],
  ];
  for (const [name, answers, expected] of table) {
    test(name, async () => {
      const found = await fetched(answers);
      assert.equal(found.length, expected.length, JSON.stringify(found));
      for (const [index, one] of expected.entries()) {
        if (typeof one === 'string') assert.equal(found[index], one);
        else assert.match(found[index] ?? '', one);
      }
    });
  }
});

test('a registry that is not there is a problem', async () => {
  const { documents, problems } = await fetchReferrers({
    name: '127.0.0.1:1/team/app:1',
    digests: [image.digest],
    registries: { environment: {}, certificateDirectories: [] },
    signal: AbortSignal.timeout(20_000),
    isWanted: wanted,
  });
  assert.deepEqual(
    [documents, problems.map(({ code, effect }) => `${code} ${effect}`)],
    [[], ['referrers-unavailable degraded']],
  );
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { digestOf, sampleReport } from '../../test/kit/report.ts';
import { imagePurl, reportUuid, UniqueIds } from './identity.ts';

describe('package URL of an image', () => {
  const { artifact } = sampleReport();
  const digest = encodeURIComponent(digestOf('a1'));

  test('names repository, tag and architecture', () => {
    assert.equal(
      imagePurl(artifact),
      `pkg:oci/checkout@${digest}?arch=amd64&repository_url=registry.example.com/shop/checkout&tag=1.4`,
    );
  });

  const cases: readonly (readonly [string, string | undefined])[] = [
    ['localhost:5000/App', `pkg:oci/app@${digest}?arch=amd64&repository_url=localhost%3A5000/app`],
    [`debian@${digestOf('a1')}`, `pkg:oci/debian@${digest}?arch=amd64&repository_url=debian`],
    ['not a reference', undefined],
    ['../up', undefined],
  ];
  for (const [name, purl] of cases) {
    test(`from ${name}`, () => assert.equal(imagePurl({ ...artifact, name, tags: [] }), purl));
  }

  test('is absent without a manifest digest and for trees', () => {
    const { manifestDigest: _manifest, indexDigest: _index, ...rest } = artifact;
    assert.equal(imagePurl(rest), undefined);
    assert.equal(imagePurl({ ...artifact, kind: 'tree' }), undefined);
  });
});

describe('report UUID', () => {
  test('is a well-formed UUID of version 8', () => {
    assert.match(
      reportUuid(sampleReport(), 'x'),
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  test('differs when the content or the flavour differs, and only then', () => {
    const one = reportUuid(sampleReport(), 'x');
    assert.equal(reportUuid(sampleReport(), 'x'), one);
    assert.notEqual(reportUuid(sampleReport(), 'y'), one);
    assert.notEqual(reportUuid(sampleReport({ findings: [] }), 'x'), one);
    assert.notEqual(reportUuid(sampleReport({ packages: [] }), 'x'), one);
  });
});

test('unique ids: the same key has the same id, another key with the same base another', () => {
  const ids = new UniqueIds();
  assert.deepEqual([ids.idFor('1', 'a'), ids.idFor('2', 'a'), ids.idFor('1', 'a')], ['a', 'a#2', 'a']);
});

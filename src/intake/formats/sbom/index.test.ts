import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSubmission } from '../../read.ts';

const receivedAt = new Date('2026-11-24T12:00:00Z');
const project = { kind: 'project', name: 'shop/checkout' } as const;

/** As `cyclonedx-npm` and `npm sbom` write them, shortened. */
const cyclonedx = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    timestamp: '2026-11-24T10:00:00Z',
    component: { type: 'application', name: 'checkout', 'bom-ref': 'root' },
  },
  components: [
    { type: 'library', name: 'lodash', version: '4.17.15', purl: 'pkg:npm/lodash@4.17.15', 'bom-ref': 'lodash' },
  ],
};
const spdx = {
  spdxVersion: 'SPDX-2.3',
  dataLicense: 'CC0-1.0',
  SPDXID: 'SPDXRef-DOCUMENT',
  name: 'checkout',
  documentNamespace: 'http://spdx.org/spdxdocs/checkout-1',
  creationInfo: { created: '2026-11-24T10:00:00Z', creators: ['Tool: npm'] },
  packages: [
    {
      SPDXID: 'SPDXRef-lodash',
      name: 'lodash',
      versionInfo: '4.17.15',
      downloadLocation: 'NOASSERTION',
      externalRefs: [
        { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:npm/lodash@4.17.15' },
      ],
    },
  ],
  relationships: [],
};

for (const [tool, document] of [
  ['cyclonedx', cyclonedx],
  ['spdx', spdx],
] as const)
  test(`${tool} is read as an inventory that advisories are compared with`, () => {
    const read = readSubmission(JSON.stringify(document), undefined, { asset: project, receivedAt });
    assert.ok(read.ok, read.ok ? '' : read.error);
    const { packages, findings, scanners, createdAt, artifact } = read.value;
    assert.equal(read.value.tool.name, tool);
    assert.deepEqual(
      packages?.map(({ purl, lookups }) => [purl, lookups]),
      [['pkg:npm/lodash@4.17.15', ['npm lodash']]],
    );
    assert.deepEqual([findings, scanners, createdAt.toISOString()], [[], [], '2026-11-24T10:00:00.000Z']);
    assert.match(artifact.digest, /^sha256:[0-9a-f]{64}$/);
  });

test('an SBOM of no image needs to be told what it is about', () => {
  const read = readSubmission(JSON.stringify(cyclonedx), undefined, { receivedAt });
  assert.match(read.ok ? '' : read.error, /name the asset/);
});

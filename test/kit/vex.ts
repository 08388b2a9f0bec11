/** Small VEX documents of every format, made after the specifications. */
export function openVex(statements: readonly object[], more: object = {}): string {
  return JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.com/vex/1',
    author: 'Example Team',
    timestamp: '2026-03-01T12:00:00Z',
    version: 1,
    statements,
    ...more,
  });
}

export function cycloneDxVex(vulnerabilities: readonly object[], more: object = {}): string {
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
    version: 1,
    metadata: { timestamp: '2026-03-01T12:00:00Z', authors: [{ name: 'Example Team' }] },
    vulnerabilities,
    ...more,
  });
}

/** One library alone, and as a part of an operating system and of an image; ids LIB, OS:LIB and APP:LIB. */
export function csafVex(vulnerability: object, more: object = {}): string {
  const helper = (purl: string) => ({ product_identification_helper: { purl } });
  return JSON.stringify({
    document: {
      category: 'csaf_vex',
      csaf_version: '2.0',
      title: 'Example',
      publisher: { category: 'vendor', name: 'Example Vendor', namespace: 'https://example.com' },
      tracking: {
        id: 'EX-2026-1',
        status: 'final',
        version: '1.2.0',
        initial_release_date: '2026-03-01T12:00:00Z',
        current_release_date: '2026-03-02T12:00:00Z',
        revision_history: [{ number: '1.2.0', date: '2026-03-02T12:00:00Z', summary: 'x' }],
      },
    },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          name: 'Example',
          branches: [
            {
              category: 'product_name',
              name: 'lodash',
              branches: [
                {
                  category: 'product_version',
                  name: '4.17.20',
                  product: { name: 'lodash 4.17.20', product_id: 'LIB', ...helper('pkg:npm/lodash@4.17.20') },
                },
                {
                  category: 'product_version_range',
                  name: 'vers:npm/>=4.0.0|<4.17.21',
                  product: { name: 'lodash 4', product_id: 'RANGE', ...helper('pkg:npm/lodash') },
                },
              ],
            },
            {
              category: 'product_name',
              name: 'System 12',
              product: {
                name: 'System 12',
                product_id: 'OS',
                product_identification_helper: { cpe: 'cpe:/o:debian:debian_linux:12' },
              },
            },
          ],
        },
      ],
      full_product_names: [
        {
          name: 'App',
          product_id: 'APP',
          ...helper('pkg:oci/checkout?repository_url=registry.example.com%2Fshop%2Fcheckout'),
        },
        { name: 'curl', product_id: 'CURL', ...helper('pkg:deb/debian/curl') },
      ],
      relationships: [
        {
          category: 'default_component_of',
          product_reference: 'CURL',
          relates_to_product_reference: 'OS',
          full_product_name: { name: 'curl on System 12', product_id: 'OS:CURL' },
        },
        {
          category: 'installed_with',
          product_reference: 'LIB',
          relates_to_product_reference: 'APP',
          full_product_name: { name: 'lodash in App', product_id: 'APP:LIB' },
        },
      ],
      product_groups: [{ group_id: 'ALL', product_ids: ['LIB', 'OS:CURL', 'APP:LIB', 'RANGE'] }],
    },
    vulnerabilities: [vulnerability],
    ...more,
  });
}

/** An attestation in the envelope that cosign writes. */
export function envelope(
  predicate: string,
  subject: readonly object[],
  predicateType = 'https://openvex.dev/ns',
): string {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    predicateType,
    subject,
    predicate: JSON.parse(predicate),
  };
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
  return JSON.stringify({
    payloadType: 'application/vnd.in-toto+json',
    payload,
    signatures: [{ keyid: '', sig: 'AA==' }],
  });
}

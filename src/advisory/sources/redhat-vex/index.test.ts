import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { readFeed, statementsOf } from '../../../../test/kit/feed.ts';
import { tarOf } from '../../../../test/kit/tar.ts';
import { redHatVex } from './index.ts';
import { parseVexDocument } from './vex-document.ts';

const release = (id: string, cpe: string) => ({
  category: 'product_name',
  name: id,
  product: { name: id, product_id: id, product_identification_helper: { cpe } },
});
const component = (id: string, purl: string) => ({
  category: 'product_version',
  name: id,
  product: { name: id, product_id: id, product_identification_helper: { purl } },
});
const within = (whole: string, part: string) => ({
  category: 'default_component_of',
  full_product_name: { name: `${part} of ${whole}`, product_id: `${whole}:${part}` },
  product_reference: part,
  relates_to_product_reference: whole,
});

const branches = [
  {
    category: 'vendor',
    name: 'Red Hat',
    branches: [
      release('AppStream-9', 'cpe:/a:redhat:enterprise_linux:9::appstream'),
      release('BaseOS-8', 'cpe:/o:redhat:enterprise_linux:8::baseos'),
      release('EUS-9.2', 'cpe:/a:redhat:rhel_eus:9.2::appstream'),
      release('OpenShift', 'cpe:/a:redhat:openshift:4.16::el9'),
      component('curl-0:7.76.1-26.el9.x86_64', 'pkg:rpm/redhat/curl@7.76.1-26.el9?arch=x86_64'),
      component('curl-0:7.76.1-26.el9.aarch64', 'pkg:rpm/redhat/curl@7.76.1-26.el9?arch=aarch64'),
      component('curl-0:7.76.1-26.el9.src', 'pkg:rpm/redhat/curl@7.76.1-26.el9?arch=src'),
      component('npm-1:9.5.0-1.x86_64', 'pkg:rpm/redhat/npm@9.5.0-1?arch=x86_64&epoch=1'),
      component('nodejs:18:8080020230101:1', 'pkg:rpmmod/redhat/nodejs@18:8080020230101:1'),
      component('curl', 'pkg:rpm/redhat/curl?arch=src'),
      component('libcurl', 'pkg:rpm/redhat/libcurl'),
      { category: 'product_version', name: 'snakeyaml', product: { name: 'snakeyaml', product_id: 'snakeyaml' } },
      { category: 'product_version', name: 'x', product: { name: 'x', product_id: 'nodejs:18/nodejs' } },
    ],
  },
];

function vex(id: string, status: object, remediations: object[] = []) {
  const relationships = [
    within('AppStream-9', 'curl-0:7.76.1-26.el9.x86_64'),
    within('AppStream-9', 'curl-0:7.76.1-26.el9.aarch64'),
    within('AppStream-9', 'curl-0:7.76.1-26.el9.src'),
    within('EUS-9.2', 'curl-0:7.76.1-26.el9.x86_64'),
    within('OpenShift', 'curl-0:7.76.1-26.el9.x86_64'),
    within('BaseOS-8', 'nodejs:18:8080020230101:1'),
    within('BaseOS-8:nodejs:18:8080020230101:1', 'npm-1:9.5.0-1.x86_64'),
    within('BaseOS-8', 'curl'),
    within('BaseOS-8', 'libcurl'),
    within('BaseOS-8', 'snakeyaml'),
    within('BaseOS-8', 'nodejs:18/nodejs'),
  ];
  return {
    document: {
      title: 'curl: it reads too far',
      aggregate_severity: { text: 'Moderate' },
      tracking: { id, current_release_date: '2026-02-01T00:00:00+00:00' },
    },
    product_tree: { branches, relationships },
    vulnerabilities: [
      {
        cve: id,
        product_status: status,
        remediations,
        release_date: '2026-01-01T00:00:00+00:00',
        scores: [{ cvss_v3: { vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' } }],
      },
    ],
  };
}

describe('what a document says of the releases', () => {
  const table: readonly [title: string, status: object, remediations: object[], said: readonly string[]][] = [
    [
      'mended, in the main stream and in one with a contract; other products are left out',
      {
        fixed: [
          'AppStream-9:curl-0:7.76.1-26.el9.x86_64',
          'AppStream-9:curl-0:7.76.1-26.el9.aarch64',
          'AppStream-9:curl-0:7.76.1-26.el9.src',
          'EUS-9.2:curl-0:7.76.1-26.el9.x86_64',
          'OpenShift:curl-0:7.76.1-26.el9.x86_64',
        ],
      },
      [],
      ['rhel:9 curl <7.76.1-26.el9', 'rhel-eus:9.2 curl <7.76.1-26.el9'],
    ],
    [
      'in a module',
      { fixed: ['BaseOS-8:nodejs:18:8080020230101:1:npm-1:9.5.0-1.x86_64'] },
      [],
      ['rhel:8 npm <1:9.5.0-1 nodejs:18'],
    ],
    ['open', { known_affected: ['BaseOS-8:curl'] }, [], ['rhel:8 curl affected *']],
    [
      'not to be mended',
      { known_affected: ['BaseOS-8:curl'] },
      [{ category: 'no_fix_planned', details: 'Will not fix', product_ids: ['BaseOS-8:curl'] }],
      ['rhel:8 curl will-not-fix *'],
    ],
    [
      'out of support',
      { known_affected: ['BaseOS-8:curl'] },
      [{ category: 'no_fix_planned', details: 'Out of support scope', product_ids: ['BaseOS-8:curl'] }],
      ['rhel:8 curl end-of-life *'],
    ],
    [
      'put off',
      { known_affected: ['BaseOS-8:curl'] },
      [{ category: 'none_available', details: 'Fix deferred', product_ids: ['BaseOS-8:curl'] }],
      ['rhel:8 curl deferred *'],
    ],
    ['under investigation', { under_investigation: ['BaseOS-8:curl'] }, [], ['rhel:8 curl under-investigation *']],
    [
      'a part that is not affected beside one that is',
      { known_affected: ['BaseOS-8:curl'], known_not_affected: ['BaseOS-8:libcurl'] },
      [],
      ['rhel:8 curl affected *', 'rhel:8 libcurl not-affected'],
    ],
    [
      'named by an id alone',
      { known_affected: ['BaseOS-8:snakeyaml', 'BaseOS-8:nodejs:18/nodejs'] },
      [],
      [
        'rhel:8 snakeyaml affected *',
        'rhel:8 snakeyaml affected *',
        'rhel:8 nodejs affected * nodejs:18',
        'rhel:8 nodejs affected * nodejs:18',
      ],
    ],
    ['nothing but what is not affected', { known_not_affected: ['BaseOS-8:libcurl'] }, [], []],
    ['ids that lead nowhere', { fixed: ['constructor', 'x:y'], known_affected: [5] }, [], []],
  ];
  for (const [title, status, remediations, said] of table) {
    test(title, () => {
      const read = parseVexDocument(vex('CVE-2026-0001', status, remediations));
      assert.deepEqual(statementsOf(read?.advisory === undefined ? [] : [read.advisory]), said);
    });
  }
});

test('reads the archive document by document', async () => {
  const file = (id: string, body: string) => ({ name: `2026/${id}.json`, body });
  const mended = vex('CVE-2026-0001', { fixed: ['AppStream-9:curl-0:7.76.1-26.el9.x86_64'] });
  const archive = Buffer.from(
    tarOf([
      file('cve-2026-0001', JSON.stringify(mended)),
      file('cve-2026-0002', '{'),
      file('cve-2026-0003', JSON.stringify(vex('CVE-2026-0003', {}))),
      { name: 'index.txt', body: 'no document' },
    ]),
  );
  const { advisories, problems, records } = await readFeed(redHatVex, 'redhat-vex', zstdCompressSync(archive));
  const [first] = advisories;
  assert.deepEqual(
    [advisories.length, first?.id, first?.severity, first?.scores.length, first?.references[0]],
    [1, 'CVE-2026-0001', 'medium', 1, 'https://access.redhat.com/security/cve/CVE-2026-0001'],
  );
  assert.deepEqual(problems, ['vex-unreadable incomplete 1']);
  assert.ok(records.some((record) => record.kind === 'as-of'));
  const cut = archive.subarray(0, archive.length - 2048);
  for (const broken of [Buffer.from('x'), Buffer.alloc(0), zstdCompressSync(cut.subarray(0, 700))])
    assert.notEqual((await readFeed(redHatVex, 'redhat-vex', broken)).failure, undefined);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FeedRecord } from '../../advisory-source.ts';
import { documentOf } from '../../documents/document.ts';
import { kev } from './index.ts';

async function parse(content: string): Promise<FeedRecord[]> {
  const [feed] = kev.feedsFor();
  assert.ok(feed);
  const records: FeedRecord[] = [];
  for await (const batch of kev.parse(documentOf('kev.json', content), feed)) records.push(...batch);
  return records;
}

test('reads the catalog and counts entries that it cannot read', async () => {
  const records = await parse(
    JSON.stringify({
      dateReleased: '2026-08-21T17:46:43.6019Z',
      vulnerabilities: [
        {
          cveID: 'CVE-2021-44228',
          dateAdded: '2021-12-10',
          dueDate: '2021-12-24',
          knownRansomwareCampaignUse: 'Known',
        },
        { cveID: 'CVE-2026-1', dateAdded: '2026-08-21', dueDate: 'soon', knownRansomwareCampaignUse: 'Unknown' },
        { cveID: 'CVE-2026-2' },
      ],
    }),
  );
  assert.deepEqual(records, [
    {
      kind: 'enrichment',
      id: 'CVE-2021-44228',
      enrichment: { kev: { dateAdded: '2021-12-10', dueDate: '2021-12-24', ransomware: true } },
    },
    { kind: 'enrichment', id: 'CVE-2026-1', enrichment: { kev: { dateAdded: '2026-08-21', ransomware: false } } },
    { kind: 'as-of', date: '2026-08-21T17:46:43.6019Z' },
    {
      kind: 'problem',
      problem: {
        code: 'kev-entry-unreadable',
        effect: 'degraded',
        message: 'entries could not be read and were left out',
        subject: 'CVE-2026-2',
      },
    },
  ]);
});

test('anything else fails as a whole', async () => {
  for (const content of ['<html>', '{}', '{"vulnerabilities":[]}', '[1]']) {
    assert.equal((await parse(content)).at(-1)?.kind, 'failure', content);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFeed, statementsOf } from '../../../../test/kit/feed.ts';
import { sharedPath, sharedSkip } from '../../../../test/kit/shared.ts';
import { openDocument } from '../../documents/document.ts';
import { azureLinuxOval } from './index.ts';

const definition = (number: number, patchable: string, test = `tst:${number}`) => `
  <definition class="vulnerability" id="def:${number}" version="1"><metadata>
    <title>CVE-2024-000${number} affecting package curl for versions less than 8.8.0-1</title>
    <reference ref_id="CVE-2024-000${number}" ref_url="https://nvd.nist.gov/vuln/detail/CVE-2024-000${number}" source="CVE"/>
    <patchable>${patchable}</patchable><advisory_date>2024-04-17T22:02:46Z</advisory_date><severity>High</severity>
  </metadata><criteria operator="AND"><criterion comment="Package curl is earlier than 8.8.0-1" test_ref="${test}"/></criteria></definition>`;
const test_ = (number: number, state: string) =>
  `<linux-def:rpminfo_test id="tst:${number}"><linux-def:object object_ref="obj:1"/><linux-def:state state_ref="${state}"/></linux-def:rpminfo_test>`;
const oval = (
  definitions: string,
  tests: string,
) => `<oval_definitions xmlns:linux-def="x"><definitions>${definitions}</definitions>
  <tests>${tests}</tests><objects><linux-def:rpminfo_object id="obj:1"><linux-def:name>curl</linux-def:name></linux-def:rpminfo_object></objects>
  <states><linux-def:rpminfo_state id="ste:1"><linux-def:evr datatype="evr_string" operation="less than">0:8.8.0-1.azl3</linux-def:evr></linux-def:rpminfo_state>
  <linux-def:rpminfo_state id="ste:2"><linux-def:evr datatype="evr_string" operation="less than or equal">0:8.8.0-1.azl3</linux-def:evr></linux-def:rpminfo_state>
  <linux-def:rpminfo_state id="ste:3"><linux-def:evr datatype="evr_string" operation="equals">0:1</linux-def:evr></linux-def:rpminfo_state></states></oval_definitions>`;

test('reads fixed, open and inapplicable vulnerabilities of sources', async () => {
  const definitions = [definition(1, 'true'), definition(2, 'false'), definition(3, 'Not Applicable')].join('');
  const tests = [test_(1, 'ste:1'), test_(2, 'ste:2'), test_(3, 'ste:1')].join('');
  const { advisories, problems } = await readFeed(azureLinuxOval, 'azure-linux-3', oval(definitions, tests));
  assert.deepEqual(statementsOf(advisories), [
    'azurelinux:3 curl <0:8.8.0-1.azl3',
    'azurelinux:3 curl affected <=0:8.8.0-1.azl3',
    'azurelinux:3 curl not-affected',
  ]);
  assert.deepEqual(
    [advisories[0]?.id, advisories[0]?.severity, advisories[0]?.affected[0]?.subject],
    ['CVE-2024-0001', 'high', 'source'],
  );
  assert.deepEqual(problems, []);
});

test('a definition that leads nowhere is counted', async () => {
  const text = oval(
    [definition(1, 'true'), definition(2, 'true', 'tst:9'), definition(3, 'true')].join(''),
    [test_(1, 'ste:1'), test_(3, 'ste:3')].join(''),
  );
  const { advisories, problems } = await readFeed(azureLinuxOval, 'azure-linux-3', text);
  assert.equal(advisories.length, 1);
  assert.deepEqual(problems, ['oval-definition-unreadable incomplete 2']);
  for (const none of ['', '<html></html>', oval('', '')])
    assert.notEqual((await readFeed(azureLinuxOval, 'azure-linux-3', none)).failure, undefined, none);
});

for (const [feed, file, count] of [
  ['azure-linux-3', 'azurelinux-3.0-oval.xml.gz', 1222],
  ['azure-linux-1', 'cbl-mariner-1.0-oval.xml.gz', 2252],
] as const) {
  const path = sharedPath('data', 'oval', file);
  test(`reads all of ${file}`, { skip: sharedSkip(path) }, async () => {
    const document = openDocument(path ?? '');
    assert.ok(document.ok);
    const { advisories, problems } = await readFeed(azureLinuxOval, feed, document.value);
    document.value.close();
    assert.deepEqual([advisories.length, problems], [count, []]);
  });
}

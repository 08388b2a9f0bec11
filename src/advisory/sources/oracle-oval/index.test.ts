import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFeed, statementsOf } from '../../../../test/kit/feed.ts';
import { oracleOval } from './index.ts';

const criterion = (comment: string) => `<criterion test_ref="oval:com.oracle.elsa:tst:1" comment="${comment}"/>`;
const signed = (comment: string) =>
  `<criteria operator="AND">${criterion(comment)}${criterion('x is signed with the Oracle Linux 8 key')}</criteria>`;
const onArch = (arch: string, ...comments: string[]) =>
  `<criteria operator="AND">${criterion(`Oracle Linux arch is ${arch}`)}<criteria operator="OR">${comments.map(signed).join('')}</criteria></criteria>`;
const definition = (id: string, criteria: string, cves: readonly string[]) => `
  <definition id="oval:com.oracle.elsa:def:${id}" version="501" class="patch"><metadata>
    <title>ELSA-${id}:  curl security update (IMPORTANT)</title>
    <reference source="elsa" ref_id="ELSA-${id}" ref_url="https://linux.oracle.com/errata/ELSA-${id}.html"/>
    ${cves.map((cve) => `<reference source="CVE" ref_id="${cve}" ref_url="https://linux.oracle.com/cve/${cve}.html"/>`).join('')}
    <description>It reads too far</description>
    <advisory><severity>IMPORTANT</severity><issued date="2024-07-24"/>${cves.map((cve) => `<cve href="x">${cve}</cve>`).join('')}</advisory>
  </metadata><criteria operator="AND">${criterion('Oracle Linux 8 is installed')}${criteria}</criteria></definition>`;
const oval = (...definitions: string[]) =>
  `<?xml version="1.0"?><oval_definitions><definitions>${definitions.join('')}</definitions><tests/></oval_definitions>`;

test('reads notices with their architectures, modules and builds', async () => {
  const plain = `<criteria operator="OR">${onArch('x86_64', 'curl is earlier than 0:7.61.1-34.el8', 'libcurl is earlier than 0:7.61.1-34.el8')}${onArch('aarch64', 'curl is earlier than 0:7.61.1-34.el8')}</criteria>`;
  const module = `${criterion('Module nodejs:18 is enabled')}<criteria operator="OR">${onArch('x86_64', 'npm is earlier than 1:9.5.0-1.18.16.0.1.module+el8.8.0+21038')}</criteria>`;
  const apart = `<criteria operator="OR">${onArch('x86_64', 'kernel is earlier than 0:4.18.0-1.el8')}${onArch('aarch64', 'kernel is earlier than 0:4.18.0-2.el8')}</criteria>`;
  const ksplice = onArch('x86_64', 'glibc is earlier than 2:2.28-251.0.2.ksplice1.el8_10.2');
  const { advisories, problems } = await readFeed(
    oracleOval,
    'oracle-linux-8',
    oval(
      definition('2024-1', plain, ['CVE-2024-1001', 'CVE-2024-1002']),
      definition('2024-2', module, ['CVE-2024-1003']),
      definition('2024-3', apart, ['CVE-2024-1004']),
      definition('2024-4', ksplice, ['CVE-2024-1005']),
      definition('2024-5', plain, []),
      definition('2024-6', criterion('something else'), ['CVE-2024-1006']),
    ),
  );
  assert.deepEqual(statementsOf(advisories), [
    'ol:8 curl <7.61.1-34.el8',
    'ol:8 libcurl <7.61.1-34.el8',
    'ol:8 npm <1:9.5.0-1.18.16.0.1.module+el8.8.0+21038 nodejs:18',
    'ol:8 kernel <4.18.0-1.el8 x86_64',
    'ol:8 kernel <4.18.0-2.el8 aarch64',
    'ol:8 glibc <2:2.28-251.0.2.ksplice1.el8_10.2',
  ]);
  assert.deepEqual(
    [advisories[0]?.id, advisories[0]?.bundles, advisories[0]?.severity],
    ['ELSA-2024-1', ['CVE-2024-1001', 'CVE-2024-1002'], 'high'],
  );
  assert.deepEqual(problems, ['notice-without-vulnerability note 1', 'oval-definition-unreadable incomplete 1']);
});

test('leaves other releases to their own feeds', async () => {
  const text = oval(definition('2024-1', onArch('x86_64', 'curl is earlier than 0:7-1'), ['CVE-2024-1001'])).replaceAll(
    'Linux 8 is',
    'Linux 9 is',
  );
  assert.equal((await readFeed(oracleOval, 'oracle-linux-8', text)).advisories.length, 0);
  assert.equal((await readFeed(oracleOval, 'oracle-linux-9', text)).advisories.length, 1);
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { ivyXml } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(ivyXml, { 'app/ivy.xml': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what is asked for', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/ivy.xml', import.meta.url), 'utf8')), [
    'org.apache.commons:commons-text 1.9 direct',
    'org.example:tides 2.0 direct',
    'junit:junit 4.13.2 development direct',
    'org.example:open direct',
    'org.example:property direct',
    'ivy-xml-version-open 2',
    'ivy-xml-record-unusable 1',
  ]);
});

test('what is no XML is a problem', () => assert.deepEqual(lines('<ivy-module>'), ['ivy-xml-unreadable 1']));

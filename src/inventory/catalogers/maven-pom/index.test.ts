import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine } from '../../../../test/kit/catalog-files.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { mavenPom } from './index.ts';

const sample = readFileSync(new URL('testdata/pom.xml', import.meta.url), 'utf8');

const parent = `<project><groupId>org.example</groupId><artifactId>fleet</artifactId><version>1.0.0</version>
  <properties><text.minor>1</text.minor><managed.version>3.1</managed.version></properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>org.example</groupId><artifactId>managed</artifactId><version>\${managed.version}</version></dependency>
    <dependency><groupId>org.example</groupId><artifactId>list</artifactId><version>7</version><type>pom</type><scope>import</scope></dependency>
  </dependencies></dependencyManagement>
  <dependencies><dependency><groupId>org.example</groupId><artifactId>inherited</artifactId><version>5</version></dependency></dependencies>
</project>`;

const list = `<project><groupId>org.example</groupId><artifactId>list</artifactId><version>7</version>
  <dependencyManagement><dependencies>
    <dependency><groupId>org.example</groupId><artifactId>from-list</artifactId><version>\${project.version}.1</version></dependency>
    <dependency><groupId>org.example</groupId><artifactId>managed</artifactId><version>9</version></dependency>
  </dependencies></dependencyManagement></project>`;

function catalog(files: Readonly<Record<string, string>>) {
  const readings = Object.entries(files).map(([path, content]) => ({
    path,
    ...mavenPom.read(inputFile(path, content)),
  }));
  const visible = readings.flatMap(({ path, fragment }) => (fragment ? [{ path, fragment, layer: 0, older: [] }] : []));
  const { packages, problems } = mavenPom.assemble(visible, {});
  return {
    rows: packages.map(({ path, package: p }) => `${path} ${p.relation} ${p.name} ${p.version} ${p.scope ?? '-'}`),
    codes: [...readings.flatMap((reading) => reading.problems), ...problems].map(({ code }) => code),
  };
}

test('reads versions from properties, parents and lists of versions', () => {
  const files = { 'app/pom.xml': sample, 'parent/pom.xml': parent, 'root/.m2/repository/list-7.pom': list };
  const { rows, codes } = catalog(files);
  assert.deepEqual(
    rows.filter((row) => row.startsWith('app/')).map((row) => row.slice('app/pom.xml '.length)),
    [
      'root org.example:harbour 1.0.0 -',
      'direct org.apache.commons:commons-text 1.9 runtime',
      'direct org.example:charts 1.0.0 runtime',
      'direct org.example:managed 3.1 runtime',
      'direct org.example:from-list 7.1 runtime',
      'direct org.example:exact 2.0 optional',
      'direct org.example:range  runtime',
      'direct org.example:circle  runtime',
      'direct junit:junit 4.13.2 development',
      'direct org.example:inherited 5 runtime',
    ],
  );
  assert.deepEqual(codes, ['maven-pom-version-unknown']);
  assert.ok(!rows.some((row) => row.includes('.m2')), 'a file of a repository is no project');
});

test('what only an absent parent tells is listed without a version, never guessed', () => {
  const { rows, codes } = catalog({ 'app/pom.xml': sample });
  assert.ok(rows.includes('app/pom.xml direct org.example:managed  runtime'));
  assert.ok(rows.includes('app/pom.xml direct org.apache.commons:commons-text 1.9 runtime'));
  assert.deepEqual(codes, ['maven-pom-version-unknown']);
});

test('a file beside the project that is another parent is not its parent', () => {
  const { rows } = catalog({ 'app/pom.xml': sample, 'parent/pom.xml': parent.replace('1.0.0', '2.0.0') });
  assert.ok(rows.includes('app/pom.xml direct org.example:managed  runtime'));
});

test('parents and lists in circles end', () => {
  const circle = (
    artifact: string,
    other: string,
  ) => `<project><groupId>g</groupId><artifactId>${artifact}</artifactId><version>1</version>
    <parent><groupId>g</groupId><artifactId>${other}</artifactId><version>1</version><relativePath>../${other}</relativePath></parent>
    <dependencyManagement><dependencies><dependency><groupId>g</groupId><artifactId>${other}</artifactId><version>1</version>
      <type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement></project>`;
  const { rows } = catalog({ 'a/pom.xml': circle('a', 'b'), 'b/pom.xml': circle('b', 'a') });
  assert.deepEqual(rows, ['a/pom.xml root g:a 1 -', 'b/pom.xml root g:b 1 -']);
});

test('a file outside of the tree is no parent, and a broken one is said to be broken', () => {
  const outside = sample.replace('../parent', '../../../parent');
  assert.equal(catalog({ 'app/pom.xml': outside, 'parent/pom.xml': parent }).codes.length, 1);
  assert.deepEqual(catalog({ 'pom.xml': '<project>' }).codes, ['maven-pom-unreadable']);
  assert.deepEqual(catalog({ 'pom.xml': '<html></html>' }).codes, ['maven-pom-unreadable']);
  const nameless = sample.replace('<groupId>junit</groupId>', '');
  assert.deepEqual(catalog({ 'pom.xml': nameless }).codes, ['maven-pom-record-unusable', 'maven-pom-version-unknown']);
  assert.deepEqual(catalog({ 'stock.pom': '<html></html>' }).codes, []);
});

test('projects that inherit without measure end', () => {
  const items = Array.from({ length: 10_000 }, (_, index) => ({ group: 'g', artifact: `a${index}`, version: '1' }));
  const base = { properties: [], dependencies: [], licences: [], group: 'g', version: '1' };
  const parentPom = { ...base, artifact: 'parent', managed: items };
  const toParent = { group: 'g', artifact: 'parent', version: '1', relativePath: '../pom.xml' };
  const children = Array.from({ length: 600 }, (_, index) => ({
    path: `${index}/pom.xml`,
    fragment: { pom: { ...base, artifact: `c${index}`, managed: [], parent: toParent } },
    layer: 0,
    older: [],
  }));
  const visible = [...children, { path: 'pom.xml', fragment: { pom: parentPom }, layer: 0, older: [] }];
  const { packages, problems } = mavenPom.assemble(visible, {});
  assert.equal(packages.length, 601);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['maven-pom-inheritance-limit'],
  );
});

test('a profile that is active by default is part of the project, others may be', () => {
  const dependency = (artifact: string, version: string) =>
    `<dependencies><dependency><groupId>g</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency></dependencies>`;
  const text = `<project><groupId>g</groupId><artifactId>root</artifactId><version>1</version>
<properties><two>2.0</two></properties>
<profiles>
<profile><id>on</id><activation><activeByDefault>true</activeByDefault></activation><properties><two>2.1</two></properties>${dependency('a', `\${two}`)}</profile>
<profile><id>off</id><properties><two>9</two><three>3.0</three></properties>${dependency('b', `\${three}`)}</profile>
</profiles></project>`;
  const { packages } = catalogFiles(mavenPom, { 'pom.xml': text });
  assert.deepEqual(packages.slice(1).map(packageLine), ['g:a 2.1 runtime direct', 'g:b 3.0 optional direct']);
});

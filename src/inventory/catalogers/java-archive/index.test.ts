import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bufferAccess } from '#foundation/index.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { type ZipMember, zipOf } from '../../../../test/kit/zip.ts';
import { javaArchive } from './index.ts';
import { ArchiveReader } from './unpack.ts';

function catalog(content: Buffer, path = 'app/shop.jar') {
  const { fragment, problems } = javaArchive.read(inputFile(path, content));
  const visible = fragment ? [{ path, fragment, layer: 0, older: [] }] : [];
  const found = javaArchive.assemble(visible, {}).packages;
  return {
    rows: found.map((item) => `${item.path} ${item.package.name} ${item.package.version}`),
    licences: found.map((item) => item.package.licences.join()),
    problems: problems.map(({ code }) => code),
  };
}

function coordinates(group: string, artifact: string, version: string): ZipMember {
  const content = `#Generated\ngroupId=${group}\nartifactId = ${artifact}\nversion:${version}\r\n`;
  return { name: `META-INF/maven/${group}/${artifact}/pom.properties`, content };
}

function manifest(...lines: readonly string[]): ZipMember {
  return { name: 'META-INF/MANIFEST.MF', content: `Manifest-Version: 1.0\r\n${lines.join('\r\n')}\r\n\r\nName: a\r\n` };
}

const code: ZipMember = { name: 'org/example/Main.class', content: 'code' };

test('names libraries by their Maven coordinates, those inside with the way to them', () => {
  const sample = readFileSync(new URL('testdata/harbour-2.4.1.jar', import.meta.url));
  const { rows, problems, licences } = catalog(sample, 'opt/harbour-2.4.1.jar');
  assert.deepEqual(rows, [
    'opt/harbour-2.4.1.jar org.example.harbour:harbour 2.4.1',
    'opt/harbour-2.4.1.jar!/BOOT-INF/lib/charts-1.2.jar org.example:charts 1.2',
    'opt/harbour-2.4.1.jar!/BOOT-INF/lib/charts-1.2.jar!/META-INF/lib/tides.jar org.example:tides 0.9-beta',
  ]);
  assert.deepEqual(problems, []);
  assert.deepEqual(licences, ['Apache-2.0', '', '']);
});

test('a library with others merged into it is all of them', () => {
  const merged = zipOf([coordinates('g', 'shop', '1'), coordinates('com.google.guava', 'guava', '29.0-jre'), code]);
  assert.deepEqual(catalog(merged).rows, ['app/shop.jar g:shop 1', 'app/shop.jar com.google.guava:guava 29.0-jre']);
});

const inferred = ['java-archive-name-inferred'];
for (const [path, members, rows, problems = inferred] of [
  ['lib/jul-to-slf4j-1.7.30.jar', [manifest('Bundle-SymbolicName: jul.to.slf4j')], ['jul-to-slf4j 1.7.30']],
  [
    'lib/log4j-core-2.14.1.jar',
    [manifest('Bundle-SymbolicName: org.apache.logging.log4j.core;singleton=true')],
    ['org.apache.logging.log4j:log4j-core 2.14.1'],
  ],
  ['lib/epoll-4.1.50.Final-linux-x86_64.jar', [code], ['epoll 4.1.50.Final']],
  [
    'lib/app.jar',
    [
      manifest(
        'Implementation-Title: ferry',
        'Implementation-Version: 3.',
        ' 1',
        'Implementation-Vendor-Id: org.example',
      ),
    ],
    ['org.example:ferry 3.1'],
  ],
  [
    'plugins/git.hpi',
    [manifest('Group-Id: org.jenkins-ci.plugins', 'Short-Name: git', 'Plugin-Version: 4.11.0')],
    ['org.jenkins-ci.plugins:git 4.11.0'],
  ],
  ['lib/opentest4j-1.2.0.jar', [manifest('Bundle-SymbolicName: org.opentest4j')], ['org.opentest4j:opentest4j 1.2.0']],
  ['lib/ferry-tools-2.0.jar', [manifest('Implementation-Vendor-Id: org.apache')], ['ferry-tools 2.0']],
  ['BOOT-INF/lib/spring-core-5.3.26.jar', [code], ['org.springframework:spring-core 5.3.26'], []],
  ['lib/spring-boot-starter-web-2.7.10.jar', [], ['org.springframework.boot:spring-boot-starter-web 2.7.10'], []],
  ['lib/tomcat-embed-core-9.0.73.jar', [code], ['org.apache.tomcat.embed:tomcat-embed-core 9.0.73'], []],
  [
    'tomcat/lib/tomcat-coyote.jar',
    [manifest('Implementation-Version: 9.0.73')],
    ['org.apache.tomcat:tomcat-coyote 9.0.73'],
    [],
  ],
  ['lib/asm-9.2.jar', [code], ['org.ow2.asm:asm 9.2'], []],
  ['lib/asm-3.3.1.jar', [code], ['asm:asm 3.3.1'], []],
  ['root/.m2/repository/org/example/sea/charts/1.2/charts-1.2-all.jar', [code], ['org.example.sea:charts 1.2'], []],
  ['root/.m2/repository/charts.jar', [code], ['charts ']],
  ['lib/tools.jar', [code], ['tools ']],
  ['lib/unfilled.jar', [coordinates('g', 'a', `$\{project.version}`), code], ['unfilled ']],
  ['lib/only-data.jar', [{ name: 'a.txt', content: 'a' }], [], []],
  ['lib/jrt-fs.jar', [code, manifest('Implementation-Version: 17', 'Implementation-Title: Java')], [], []],
  [
    'java/geronimo-annotation-1.3-spec.jar',
    [coordinates('g', 'geronimo-annotation_1.3_spec', '1.3')],
    ['g:geronimo-annotation_1.3_spec 1.3'],
    [],
  ],
] as const) {
  test(`${path} is ${rows.join(', ') || 'no package'}`, () => {
    const found = catalog(zipOf(members), path);
    assert.deepEqual(
      found.rows,
      rows.map((row) => `${path} ${row}`),
    );
    assert.deepEqual(found.problems, problems);
  });
}

function nested(depth: number): Buffer {
  const own = coordinates('g', `level${depth}`, '1');
  return zipOf(depth === 9 ? [own] : [own, { name: 'inner.jar', content: nested(depth + 1) }]);
}

test('archives in archives in archives end somewhere', () => {
  const { rows, problems } = catalog(nested(1));
  assert.equal(rows.length, 6);
  assert.deepEqual(problems, ['java-archive-nested-limit']);
});

/** With a thousandth of the usual allowance. */
function withSmallLimits(members: readonly ZipMember[]) {
  const limits = { maxDepth: 6, maxArchives: 5, maxEntryBytes: 256_000, maxUnpackedBytes: 1_000_000 };
  const read = new ArchiveReader('app/shop.jar', limits).read(bufferAccess(zipOf(members)));
  assert.ok(read.ok);
  const { archives, problems } = read.value;
  return { opened: archives.map(({ inside }) => inside), problems: problems.map(({ code }) => code) };
}

test('a bomb is not unpacked', () => {
  const inner = zipOf([coordinates('g', 'inner', '1'), { name: 'big.jar', content: Buffer.alloc(300_000) }]);
  const { opened, problems } = withSmallLimits([{ name: 'a.jar', content: inner }]);
  assert.deepEqual(opened, ['', 'a.jar']);
  assert.deepEqual(problems, ['java-archive-entry-too-large']);
});

test('many small bombs share one allowance', () => {
  const members = Array.from({ length: 8 }, (_, index) => ({ name: `${index}.jar`, content: Buffer.alloc(200_000) }));
  assert.deepEqual(withSmallLimits(members).problems, [
    'java-archive-nested-unreadable',
    'java-archive-entry-too-large',
  ]);
});

test('no more archives are opened than allowed', () => {
  const content = zipOf([coordinates('g', 'a', '1')]);
  const { opened, problems } = withSmallLimits(
    Array.from({ length: 9 }, (_, index) => ({ name: `${index}.jar`, content })),
  );
  assert.equal(opened.length, 5);
  assert.deepEqual(problems, ['java-archive-nested-limit']);
});

test('a library that cannot be read does not lose the others', () => {
  const members = [
    { name: 'lib/broken.jar', content: 'no archive' },
    { name: 'lib/good.jar', content: zipOf([coordinates('g', 'good', '1')]) },
  ];
  const { rows, problems } = catalog(zipOf([coordinates('g', 'shop', '1'), ...members]));
  assert.deepEqual(rows, ['app/shop.jar g:shop 1', 'app/shop.jar!/lib/good.jar g:good 1']);
  assert.deepEqual(problems, ['java-archive-nested-unreadable']);
});

test('an impossible name is left out and said', () => {
  const { rows, problems } = catalog(zipOf([coordinates('g', 'a'.repeat(600), '1'), coordinates('g', 'good', '1')]));
  assert.deepEqual(rows, ['app/shop.jar g:good 1']);
  assert.deepEqual(problems, ['java-archive-record-unusable']);
});

test('other formats of the same name are passed over', () => {
  assert.deepEqual(catalog(Buffer.from('performance data'), 'var/log/load.sar').problems, []);
  assert.deepEqual(catalog(Buffer.from('no archive')).problems, ['java-archive-unreadable']);
});

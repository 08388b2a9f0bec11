import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { sbtBuild } from './index.ts';

const sample = readFileSync(new URL('testdata/build.sbt', import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(sbtBuild, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what is written out', () => {
  assert.deepEqual(lines({ 'app/build.sbt': sample }), [
    'org.apache.commons:commons-text 1.9 direct',
    'com.typesafe.akka:akka-stream_2.13 2.8.5 direct',
    'org.scalatest:scalatest_2.13 3.2.17 development direct',
    'org.example:open direct',
    'org.example:computed direct',
    'sbt-build-version-open 2',
    'sbt-build-read-as-text 1',
  ]);
});

test('a lock file tells more', () => {
  const files = { 'a/build.sbt': sample, 'a/project/Dependencies.scala': sample, 'a/build.sbt.lock': '{}' };
  assert.deepEqual(catalogFiles(sbtBuild, files).packages, []);
});

test('plugins are for building', () => {
  assert.deepEqual(lines({ 'project/plugins.sbt': 'addSbtPlugin("com.eed3si9n" % "sbt-assembly" % "2.1.5")' }), [
    'com.eed3si9n:sbt-assembly 2.1.5 development direct',
    'sbt-build-read-as-text 1',
  ]);
});

for (const [what, text, expected] of [
  ['Scala 3', 'scalaVersion := "3.3.1"\n"a" %% "b" % "1"', ['a:b_3 1 direct', 'sbt-build-read-as-text 1']],
  ['a comment without an end', '"a" % "b" % "1" /* "c" % "d" % "1"', ['a:b 1 direct', 'sbt-build-read-as-text 1']],
  ['nothing', 'name := "x"', []],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines({ 'build.sbt': text }), expected));
}

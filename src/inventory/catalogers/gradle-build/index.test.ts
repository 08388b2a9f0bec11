import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { gradleBuild } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(gradleBuild, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what a build in Groovy writes out', () => {
  const files = {
    'app/web/build.gradle': sample('build.gradle'),
    'app/gradle.properties': 'farVersion=4.5\norg.gradle.caching=true\n',
  };
  assert.deepEqual(lines(files), [
    'org.jetbrains.kotlin:kotlin-gradle-plugin 1.9.22 development direct',
    'org.apache.commons:commons-text 1.9 direct',
    'com.google.guava:guava 31.1-jre direct',
    'org.springframework.boot:spring-boot-starter-web direct',
    'org.postgresql:postgresql 42.2.5 direct',
    'org.junit.jupiter:junit-jupiter 5.10.0 development direct',
    'org.example:open direct',
    'org.slf4j:slf4j-api 1.7.30 direct',
    'org.springframework.boot:org.springframework.boot.gradle.plugin 3.1.0 development direct',
    'org.example:far 4.5 direct',
    'org.example:nowhere direct',
    'gradle-build-version-open 2',
    'gradle-build-read-as-text 1',
  ]);
});

test('reads what a build in Kotlin writes out', () => {
  assert.deepEqual(lines({ 'build.gradle.kts': sample('build.gradle.kts') }), [
    'io.ktor:ktor-server-core 2.3.7 direct',
    'com.google.dagger:dagger-compiler 2.50 development direct',
    'org.slf4j:slf4j-api 1.7.30 direct',
    'com.github.johnrengelman.shadow:com.github.johnrengelman.shadow.gradle.plugin 8.1.1 development direct',
    'gradle-build-read-as-text 1',
  ]);
});

for (const lock of ['app/gradle.lockfile', 'app/gradle/dependency-locks/compileClasspath.lockfile']) {
  test(`${lock} tells more`, () => {
    assert.deepEqual(
      catalogFiles(gradleBuild, { 'app/build.gradle': sample('build.gradle'), [lock]: 'x' }).packages,
      [],
    );
  });
}

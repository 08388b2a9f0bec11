import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { clojureProject } from './index.ts';

function lines(name: string): string[] {
  const text = readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');
  const { packages, problems } = catalogFiles(clojureProject, { [`app/${name}`]: text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what Leiningen is asked for', () => {
  assert.deepEqual(lines('project.clj'), [
    'org.clojure:clojure 1.11.1 direct',
    'ring:ring 1.9.0 direct',
    'javax.servlet:servlet-api 2.5 development direct',
    'org.example:open direct',
    'lein-ring:lein-ring 0.12.6 development direct',
    'midje:midje 1.10.9 development direct',
    'clojure-project-version-open 1',
  ]);
});

test('reads deps.edn', () => {
  assert.deepEqual(lines('deps.edn'), [
    'org.clojure:clojure 1.11.1 direct',
    'lambdaisland:kaocha 1.87.1366 development direct',
  ]);
});

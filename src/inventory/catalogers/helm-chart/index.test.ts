import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { helmChart } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(helmChart, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what is locked', () => {
  assert.deepEqual(lines({ 'app/Chart.lock': sample('Chart.lock') }), [
    'postgresql 12.1.2 direct repository_url=https://charts.bitnami.com/bitnami',
    'common 2.2.2 direct repository_url=oci://registry-1.docker.io/bitnamicharts',
  ]);
});

test('reads what is asked for, where there is no lock', () => {
  assert.deepEqual(lines({ 'app/Chart.yaml': sample('Chart.yaml') }), [
    'postgresql direct',
    'redis 17.3.14 direct repository_url=https://charts.bitnami.com/bitnami',
    'helm-chart-version-open 1',
  ]);
  const both = { 'app/Chart.yaml': sample('Chart.yaml'), 'app/Chart.lock': sample('Chart.lock') };
  assert.equal(catalogFiles(helmChart, both).packages.length, 2);
});

test('a chart without others has none', () =>
  assert.deepEqual(lines({ 'Chart.yaml': 'name: x\nversion: 1.0.0\n' }), []));

// The gate, the same on a laptop and on CI: `npm run check [PATH...]`. With paths, lint and tests are limited to them.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const paths = process.argv.slice(2);

const steps: readonly { readonly name: string; readonly argv: readonly string[] }[] = [
  {
    name: 'format and lint',
    argv: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', ...paths],
  },
  { name: 'types', argv: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  { name: 'types of the console', argv: ['node_modules/typescript/bin/tsc', '-p', 'console'] },
  {
    name: 'architecture',
    argv: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', 'src', '--output-type', 'err'],
  },
  { name: 'dead code', argv: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'bundle', argv: ['tools/build.ts'] },
  {
    name: 'tests',
    argv: [
      '--test',
      '--test-reporter=dot',
      '--test-reporter-destination=stdout',
      '--test-reporter=./tools/test-summary.ts',
      '--test-reporter-destination=stdout',
      ...testFiles(),
    ],
  },
];

for (const step of steps) {
  const started = performance.now();
  console.log(`── ${step.name}`);
  const done = spawnSync(process.execPath, step.argv, { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) {
    console.error(`✖ ${step.name} failed`);
    process.exit(done.status ?? 1);
  }
  console.log(`   ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

function testFiles(): string[] {
  const files = globSync(['{src,test,tools,console/src}/**/*.test.ts'], { cwd: root }).sort();
  const wanted = files.filter((file) => paths.length === 0 || paths.some((path) => file.startsWith(path)));
  if (wanted.length === 0) {
    console.error(`no tests under ${paths.join(' ')}`);
    process.exit(2);
  }
  return wanted;
}

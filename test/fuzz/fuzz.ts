// Feeds damaged input to every parser and says what breaks: `npm run fuzz -- --seconds 600`; see README.md beside this file.
import { randomInt } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCampaign } from './engine/campaign.ts';
import type { Finding } from './engine/finding.ts';
import { inputMaker } from './engine/inputs.ts';
import type { Job } from './engine/job.ts';
import { type FuzzOptions, parseOptions, usage } from './engine/options.ts';
import { findTarget, targets } from './targets/index.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  let options: FuzzOptions;
  try {
    options = parseOptions(argv, randomInt(2 ** 31));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    return 2;
  }
  const unknown = options.targets.find((id) => findTarget(id) === undefined);
  if (unknown !== undefined) {
    console.error(`there is no target ${unknown}; --list shows all`);
    return 2;
  }
  if (options.list) {
    for (const { id, title } of targets) console.log(`${id.padEnd(24)} ${title}`);
    return 0;
  }
  return fuzz(options);
}

async function fuzz(options: FuzzOptions): Promise<number> {
  const jobs = jobsFor(options);
  console.log(`seed ${options.seed}, ${jobs.length} target${jobs.length === 1 ? '' : 's'}`);
  const pending: Promise<void>[] = [];
  const { findings, iterations } = await runCampaign(jobs, {
    onDone: (job, count) => console.log(`${job.target.padEnd(24)} ${count} inputs`),
    onFinding: (finding) => void pending.push(show(finding, options)),
  });
  await Promise.all(pending);
  console.log(`${iterations} inputs, ${findings.length} finding${findings.length === 1 ? '' : 's'}`);
  return findings.length === 0 ? 0 : 1;
}

function jobsFor(options: FuzzOptions): Job[] {
  const { seed, iteration, inputFile } = options;
  const wanted = targets.filter(({ id }) => options.targets.length === 0 || options.targets.includes(id));
  const one = iteration !== undefined || inputFile !== undefined;
  return wanted.map(({ id }) => ({
    target: id,
    seed,
    first: iteration ?? 0,
    ...(one ? { count: 1 } : { seconds: options.seconds / wanted.length }),
    ...(inputFile === undefined ? {} : { inputFile }),
    measured: true,
  }));
}

async function show(finding: Finding, options: FuzzOptions): Promise<void> {
  const { target, seed, iteration, kind, message, stack = '' } = finding;
  const file = options.inputFile ?? (await writeInput(finding));
  const again =
    options.inputFile === undefined ? `--seed ${seed} --iteration ${iteration}` : `--input ${options.inputFile}`;
  console.error(
    [
      `✖ ${target}: ${kind}: ${message}`,
      ...stack
        .split('\n')
        .slice(0, 8)
        .map((line) => `    ${line}`),
      `  again: npm run fuzz -- --target ${target} ${again}`,
      `  input: ${file}`,
    ].join('\n'),
  );
}

async function writeInput({ target: id, seed, iteration }: Finding): Promise<string> {
  const target = findTarget(id);
  if (target === undefined) return 'unknown';
  const input = await inputMaker(target, seed);
  const path = join(mkdtempSync(join(tmpdir(), 'plimsoll-fuzz-')), `${id}-${seed}-${iteration}`);
  writeFileSync(path, input(iteration));
  return path;
}

import { type Command, Option } from 'commander';
import type { Result } from '#foundation/index.ts';
import { renderSbomDiff, type SbomDiffFormat, sbomDiffFormats } from '#reporters/index.ts';
import { diffPackages, type ScanFailure, type ScanReport, scan } from '#scan/index.ts';
import { type ExitCode, exitCodes, reportFailure } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { writeFileWhole } from '../outputs.ts';
import type { Finish } from '../program.ts';
import { progressView } from '../progress.ts';
import { wantsColor, writeAll } from '../terminal.ts';
import { declareTargetOptions, layerCache, openOptions, type TargetFlags } from './target-options.ts';

interface DiffFlags extends TargetFlags {
  readonly format: SbomDiffFormat;
  readonly output?: string;
  readonly failOnChange?: boolean;
  readonly quiet?: boolean;
}

export function declareSbomDiffCommand(parent: Command, finish: Finish): void {
  const command = parent
    .command('diff')
    .argument('<before>', 'an image, a directory, an SBOM file: any target of scan')
    .argument('<after>', 'what to compare it with')
    .description('Shows which packages came, went and changed between two artifacts or their SBOMs.')
    .addOption(new Option('-f, --format <format>', 'how to show it').choices(sbomDiffFormats).default('table'))
    .option('-o, --output <file>', 'write into this file')
    .option('--fail-on-change', 'end with 1 when there is any difference')
    .option('-q, --quiet', 'no progress');
  declareTargetOptions(command);
  command.action(async (before: string, after: string, flags: DiffFlags) =>
    finish(await runDiff(before, after, flags)),
  );
}

async function runDiff(before: string, after: string, flags: DiffFlags): Promise<ExitCode> {
  const signal = interruptSignal();
  const old = await inventoryOf(before, flags, signal);
  if (!old.ok) return reportFailure(old.error);
  const now = await inventoryOf(after, flags, signal);
  if (!now.ok) return reportFailure(now.error);
  const diff = diffPackages(old.value.packages, now.value.packages);
  const toTerminal = flags.output === undefined;
  const options = {
    color: toTerminal && wantsColor(process.stdout, process.env),
    width: (toTerminal && process.stdout.columns) || 100,
  };
  const comparison = { before: old.value, after: now.value, diff };
  const pieces = renderSbomDiff(comparison, flags.format, options);
  await (flags.output === undefined ? writeAll(process.stdout, pieces) : writeFileWhole(flags.output, pieces));
  if (flags.failOnChange === true && diff.differences.length > 0) return exitCodes.findings;
  const isWhole = [old.value, now.value].every(({ assessment }) => assessment === 'complete');
  return isWhole ? exitCodes.ok : exitCodes.notAssessed;
}

async function inventoryOf(
  target: string,
  flags: DiffFlags,
  signal: AbortSignal,
): Promise<Result<ScanReport, ScanFailure>> {
  const progress = progressView(process.stderr, { quiet: flags.quiet === true, verbose: false });
  const done = await scan({
    target,
    open: await openOptions(flags),
    cache: layerCache(flags),
    advisories: 'none',
    includeKernelHeaders: false,
    signal,
    onProgress: progress.show,
  });
  progress.end();
  return done;
}

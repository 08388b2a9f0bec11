import type { Command } from 'commander';
import type { Problem } from '#foundation/index.ts';
import { printableLines } from '#foundation/index.ts';
import { sbomReporters } from '#reporters/index.ts';
import { scan } from '#scan/index.ts';
import { type ExitCode, exitCodes, reportFailure } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { planOutputs, writeOutput } from '../outputs.ts';
import type { Finish } from '../program.ts';
import { progressView } from '../progress.ts';
import { declareSbomDiffCommand } from './sbom-diff.ts';
import { collect, declareTargetOptions, layerCache, openOptions, type TargetFlags } from './target-options.ts';

interface OutputFlags {
  readonly format: readonly string[];
  readonly output: readonly string[];
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

type SbomFlags = TargetFlags & OutputFlags;

export function declareSbomCommand(program: Command, finish: Finish): void {
  const command = program
    .command('sbom')
    .argument('<target>', 'as for scan')
    .description(
      'Writes the software bill of materials: what is in an image, a file system, a directory of sources or this host.',
    )
    // What follows the name of a command below belongs to that command, though both have options of the same names.
    .enablePositionalOptions();
  declareOutputOptions(command);
  declareTargetOptions(command);
  command.action(async (target: string, flags: SbomFlags) => finish(await runSbom(target, flags, command)));
  declareConvertCommand(command, finish);
  declareSbomDiffCommand(command, finish);
}

function declareConvertCommand(parent: Command, finish: Finish): void {
  const command = parent
    .command('convert')
    .argument('<file>', 'an SBOM of any format that is read: CycloneDX, SPDX, Syft JSON, a scan report')
    .description('Writes an SBOM in another format. From our own nothing is lost; of others what is read of them.');
  declareOutputOptions(command);
  command.action(async (file: string, flags: OutputFlags) => {
    const target = { cache: false, registryMirror: [], allowRealm: [] };
    finish(await runSbom(`sbom:${file}`, { ...flags, ...target }, command));
  });
}

function declareOutputOptions(command: Command): void {
  command
    .option(
      '-f, --format <format[=file]>',
      `${sbomReporters.map(({ id }) => id).join(', ')}; may be repeated`,
      collect,
      [],
    )
    .option('-o, --output <file>', 'file for the format before it; may be repeated', collect, [])
    .option('-v, --verbose', 'every step; lists the files of each package too')
    .option('-q, --quiet', 'no progress');
}

async function runSbom(target: string, flags: SbomFlags, command: Command): Promise<ExitCode> {
  const request = { formats: flags.format, files: flags.output, defaultFormat: 'cyclonedx' };
  const outputs = planOutputs(request, sbomReporters);
  if (!outputs.ok) return command.error(`error: ${outputs.error}`);
  const progress = progressView(process.stderr, { quiet: flags.quiet === true, verbose: flags.verbose === true });
  const done = await scan({
    target,
    open: await openOptions(flags),
    cache: layerCache(flags),
    ...(flags.packageTypes && { packageTypes: flags.packageTypes }),
    advisories: 'none',
    includeKernelHeaders: false,
    signal: interruptSignal(),
    onProgress: progress.show,
  });
  progress.end();
  if (!done.ok) return reportFailure(done.error);
  for (const output of outputs.value) {
    await writeOutput(output, done.value, { color: false, width: 100, verbose: flags.verbose === true });
  }
  return reportHoles(done.value.problems);
}

/** An SBOM format has little room for what was not read, so it is said on standard error as well. */
function reportHoles(problems: readonly Problem[]): ExitCode {
  const holes = problems.filter(({ effect }) => effect === 'incomplete');
  for (const { message, subject } of holes) {
    const about = subject === undefined ? '' : ` (${subject})`;
    process.stderr.write(`plimsoll: incomplete: ${printableLines(`${message}${about}`)}\n`);
  }
  return holes.length === 0 ? exitCodes.ok : exitCodes.notAssessed;
}

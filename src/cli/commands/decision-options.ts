import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { discoverExceptions } from '#policy/index.ts';
import type { DecisionPolicy } from '#scan/index.ts';
import type { PriorityContext } from '#vulnerability/index.ts';
import { collect } from './target-options.ts';

/** Options of every command that judges findings. */
export interface DecisionFlags {
  readonly vex: readonly string[];
  /** commander sets it to false for --no-exceptions. */
  readonly exceptions: readonly string[] | false;
  readonly baseline?: string;
  readonly exposure?: NonNullable<PriorityContext['exposure']>;
  readonly deployment?: NonNullable<PriorityContext['deployment']>;
  readonly criticalAsset?: boolean;
  readonly reachesHost?: boolean;
}

const EXPOSURES = ['internet', 'internal', 'none'] as const;
const DEPLOYMENTS = ['production', 'non-production', 'not-deployed'] as const;

export function declareDecisionOptions(command: Command): void {
  command
    .option(
      '--vex <file|dir|oci>',
      'apply VEX (OpenVEX, CycloneDX, CSAF); "oci": what hangs on the image; may be repeated',
      collect,
      [],
    )
    .option('--exceptions <file>', 'apply exceptions beside those found here; may be repeated', collect, [])
    .option('--no-exceptions', 'apply no exceptions, not even those found in .plimsoll or .trivyignore')
    .option('--baseline <file>', 'what is in this baseline is accepted: only what is new counts')
    .option('--exposure <where>', `from where it can be reached: ${EXPOSURES.join(', ')}`, oneOf(EXPOSURES))
    .option('--deployment <state>', `where it runs: ${DEPLOYMENTS.join(', ')}`, oneOf(DEPLOYMENTS))
    .option('--critical-asset', 'it matters more than others: everything in it is due a step sooner')
    .option('--reaches-host', 'whoever owns it owns its host or cluster: everything in it is due a step sooner');
}

/** Where decisions are written: files that are named, and those that lie in the scanned directory or where the program was started. */
export async function decisionPolicy(flags: DecisionFlags, target: string): Promise<DecisionPolicy> {
  const found = flags.exceptions === false ? [] : await discovered(target);
  return {
    vex: flags.vex.filter((one) => one !== 'oci'),
    attachedVex: flags.vex.includes('oci'),
    exceptions: [...found, ...(flags.exceptions === false ? [] : flags.exceptions)],
    ...(flags.baseline !== undefined && { baseline: flags.baseline }),
  };
}

async function discovered(target: string): Promise<string[]> {
  const directory = target.replace(/^dir:/, '');
  const places = isDirectory(directory) ? [directory, '.'] : ['.'];
  const found = await Promise.all(places.map((place) => discoverExceptions(place)));
  return [...new Set(found.flat().map((path) => join(path)))];
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

export function priorityContext(flags: DecisionFlags): PriorityContext {
  return {
    ...(flags.exposure && { exposure: flags.exposure }),
    ...(flags.deployment && { deployment: flags.deployment }),
    ...(flags.criticalAsset && { isCritical: true }),
    ...(flags.reachesHost && { reachesHost: true }),
    source: 'command line',
  };
}

function oneOf<T extends string>(words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((one) => one === text.toLowerCase());
    if (word === undefined) throw new InvalidArgumentError(`Choose one of ${words.join(', ')}.`);
    return word;
  };
}

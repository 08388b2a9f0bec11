import { printable } from '#foundation/index.ts';
import { hostSensors, ingestFormats } from '#runtime/index.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';

/** What can run here, best first, and why the others cannot. */
export async function listSensors(): Promise<ExitCode> {
  const nothing = () => undefined;
  const world = { seed: nothing, group: nothing, container: nothing };
  let chosen = false;
  for (const sensor of hostSensors({ descriptors: undefined, world })) {
    const probe = await sensor.probe();
    const word = !probe.ready ? 'no    ' : chosen ? 'ready ' : 'chosen';
    chosen ||= probe.ready;
    process.stdout.write(`${word}  ${sensor.id.padEnd(18)}${sensor.title}\n`);
    process.stdout.write(`        ${probe.ready ? printable(probe.detail) : `why not: ${printable(probe.reason)}`}\n`);
    process.stdout.write(`        needs: ${sensor.requires}\n        blind to: ${sensor.blindTo.join('; ')}\n`);
  }
  process.stdout.write('\nOther tools, with --sensor ID:FILE, ID:- (standard input) or ID:http://127.0.0.1:PORT:\n');
  for (const format of ingestFormats()) {
    process.stdout.write(`        ${format.id.padEnd(18)}${format.title}\n`);
    process.stdout.write(`        needs: ${format.requires}\n        blind to: ${format.blindTo.join('; ')}\n`);
  }
  return exitCodes.ok;
}

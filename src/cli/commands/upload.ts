import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { printableLines } from '#foundation/index.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import type { Finish } from '../program.ts';
import { upload } from '../upload.ts';

interface UploadFlags {
  readonly server: string;
  readonly format?: string;
  readonly asset?: string;
  readonly plainHttp?: boolean;
  readonly caFile?: string;
}

export function declareUploadCommand(program: Command, finish: Finish): void {
  program
    .command('upload')
    .argument('<file>', 'scan report as JSON, or what another tool has found: docs/reference/imports.md')
    .description('Sends a report to a Plimsoll server, with the token in PLIMSOLL_TOKEN. The same report twice is one.')
    .requiredOption('--server <url>', 'address of the server, e.g. https://plimsoll.example')
    .option('--format <format>', 'which tool wrote it, where the document does not tell')
    .option('--asset <kind:name>', 'what it is about, where the document does not tell, e.g. project:shop/checkout')
    .option('--plain-http', 'the way to the server is safe without TLS')
    .option('--ca-file <file>', 'also trust these certificates')
    .action(async (file: string, flags: UploadFlags) => finish(await runUpload(file, flags)));
}

const MAX_BYTES = 64 * 1024 * 1024;

async function runUpload(file: string, { server, format, asset, plainHttp, caFile }: UploadFlags): Promise<ExitCode> {
  const signal = interruptSignal();
  const content = await readWhole(file);
  if (typeof content === 'string') return fail(content);
  return sendReport({
    server,
    content,
    ...(format !== undefined && { format }),
    ...(asset !== undefined && { asset }),
    ...(caFile !== undefined && { caFile }),
    plainHttp: plainHttp === true,
    signal,
  });
}

/** Uploads and says on standard error what came of it. */
export async function sendReport(request: Omit<Parameters<typeof upload>[0], 'onRetry'>): Promise<ExitCode> {
  const onRetry = (message: string): void => void process.stderr.write(`plimsoll: ${printableLines(message)}\n`);
  const sent = await upload({ ...request, onRetry }, process.env);
  if (!sent.ok) return fail(sent.error);
  process.stderr.write(`${printableLines(sent.value)}\n`);
  return exitCodes.ok;
}

/** The content, or a sentence that says why not. */
async function readWhole(file: string): Promise<Uint8Array | string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) return `${file} has ${size} bytes; a server takes ${MAX_BYTES} at most.`;
    return await readFile(file);
  } catch (error) {
    return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function fail(message: string): ExitCode {
  process.stderr.write(`plimsoll: ${printableLines(message)}\n`);
  return exitCodes.notAssessed;
}

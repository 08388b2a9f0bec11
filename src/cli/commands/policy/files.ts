import { readFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { err, printableLines, type Result } from '#foundation/index.ts';
import { isMutating, type ManifestObject, type PolicyFault, readManifest } from '#policy/admission/index.ts';

export async function readObjects(files: readonly string[]): Promise<{ objects: ManifestObject[]; errors: string[] }> {
  const objects: ManifestObject[] = [];
  const errors: string[] = [];
  for (const file of files) {
    const read = await readOne(file);
    if (read.ok) objects.push(...read.value);
    else errors.push(read.error);
  }
  return { objects, errors };
}

async function readOne(file: string): Promise<Result<readonly ManifestObject[]>> {
  try {
    return readManifest(await readFile(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return err(`${file} cannot be read: ${error.message}`);
    throw error;
  }
}

/** Policies that would change what the others judge: one sentence each. */
export function notEvaluated(objects: readonly ManifestObject[]): string[] {
  return objects
    .filter(isMutating)
    .map(
      ({ json, place }) =>
        `${place()}: this ${String(json['kind'])} is not read: what changes objects is not evaluated`,
    );
}

export function parseFormat(text: string): string {
  if (text !== 'text' && text !== 'json') throw new InvalidArgumentError('Choose among text, json.');
  return text;
}

export function complain(lines: readonly string[]): void {
  for (const line of lines) process.stderr.write(`plimsoll: ${printableLines(line)}\n`);
}

export function describeFault({ policy, place, message, fault }: PolicyFault): string {
  const where = fault === undefined ? '' : ` (line ${fault.line}, column ${fault.column} of the expression)`;
  const excerpt = fault === undefined ? '' : `\n    ${fault.excerpt.replaceAll('\n', '\n    ')}`;
  return `${place}: ${policy}: ${message}${where}${excerpt}`;
}

export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

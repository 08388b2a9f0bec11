import { readFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { err, printableLines, type Result } from '#foundation/index.ts';
import {
  type AdmissionSet,
  isBinding,
  isPolicy,
  type ManifestObject,
  type PolicyFault,
  readBinding,
  readManifest,
  readPolicy,
} from '#policy/admission/index.ts';

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

export interface PolicyFiles {
  /** All objects in the files. */
  readonly objects: readonly ManifestObject[];
  readonly set: AdmissionSet;
  readonly faults: readonly PolicyFault[];
  readonly errors: readonly string[];
}

export async function readPolicies(files: readonly string[]): Promise<PolicyFiles> {
  const { objects, errors } = await readObjects(files);
  const read = objects.filter(isPolicy).map(readPolicy);
  const set: AdmissionSet = {
    policies: read.map(({ policy }) => policy),
    bindings: objects.filter(isBinding).map(readBinding),
    parameters: objects.filter((object) => !isPolicy(object) && !isBinding(object)),
  };
  return { objects, set, faults: read.flatMap(({ faults }) => faults), errors };
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

import { open, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { memberOf, membersOf, readUserYaml } from '#foundation/documents/user-yaml.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { type Exception, type ExceptionList, invalidException } from './exception.ts';
import { parseGitleaksIgnore } from './formats/gitleaksignore.ts';
import { parseGrypeIgnore } from './formats/grype.ts';
import { parsePlimsollExceptions } from './formats/plimsoll.ts';
import { parseTrivyIgnore } from './formats/trivyignore.ts';
import { parseTrivyIgnoreYaml } from './formats/trivyignore-yaml.ts';

/** Where exceptions are looked for below a directory, and in this order. */
const PLACES = [
  '.plimsoll/exceptions.yaml',
  '.plimsoll/exceptions.yml',
  '.trivyignore',
  '.trivyignore.yaml',
  '.trivyignore.yml',
  '.grype.yaml',
  '.grype/config.yaml',
  '.gitleaksignore',
];

const MAX_BYTES = 4 * 1024 * 1024;

/** Files with exceptions that lie in a directory. Of a Grype configuration only the `ignore:` rules are read. */
export async function discoverExceptions(directory: string): Promise<string[]> {
  const paths = PLACES.map((place) => join(directory, place));
  const there = await Promise.all(paths.map(isFile));
  return paths.filter((_, index) => there[index]);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Reads files of exceptions, each in the format that its name or its content says. */
export async function loadExceptions(paths: readonly string[]): Promise<ExceptionList> {
  const exceptions: Exception[] = [];
  const problems: ExceptionList['problems'][number][] = [];
  for (const path of new Set(paths)) {
    const text = await readText(path);
    const list = text.ok
      ? parseExceptions(text.value, path)
      : { exceptions: [], problems: [invalidException(text.error, path)] };
    exceptions.push(...list.exceptions);
    problems.push(...list.problems);
  }
  return { exceptions, problems };
}

/** Pure. `file` names the file in messages, and its format by its name. */
export function parseExceptions(text: string, file: string): ExceptionList {
  const name = basename(file).toLowerCase();
  const isYaml = /\.ya?ml$/.test(name);
  if (name.includes('gitleaksignore')) return parseGitleaksIgnore(text, file);
  if (!isYaml) return parseTrivyIgnore(text, file);
  if (name.includes('trivyignore')) return parseTrivyIgnoreYaml(text, file);
  const members = yamlMembers(text, file);
  if (name.includes('grype') || members.includes('ignore')) return parseGrypeIgnore(text, file);
  if (members.some((member) => member === 'vulnerabilities' || member === 'secrets'))
    return parseTrivyIgnoreYaml(text, file);
  return parsePlimsollExceptions(text, file);
}

function yamlMembers(text: string, file: string): string[] {
  const yaml = readUserYaml(text, file);
  if (!yaml.ok || memberOf(yaml.value.root, 'exceptions') !== null) return [];
  return membersOf(yaml.value.root).map(({ name }) => name);
}

async function readText(path: string): Promise<Result<string>> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > MAX_BYTES) return err(`${path} has ${size} bytes; more than ${MAX_BYTES} are not read as exceptions`);
      return ok(await file.readFile('utf8'));
    } finally {
      await file.close();
    }
  } catch (error) {
    return err(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

import { open, stat } from 'node:fs/promises';
import { err, ok, type Problem, type Result, suggestion } from '#foundation/index.ts';
import type { Control, Framework } from '#standards/index.ts';
import type { Attestation } from '../report.ts';
import { type AttestationList, invalidAttestation, parseAttestations } from './parse.ts';

/** Where statements lie unless another file is named. */
const attestationsPath = '.plimsoll/attestations.yaml';

const MAX_BYTES = 4 * 1024 * 1024;

/** Reads the files that are named, or the one in its usual place when there is one. */
export async function loadAttestations(named: readonly string[]): Promise<Result<AttestationList>> {
  const paths = named.length > 0 ? named : (await isFile(attestationsPath)) ? [attestationsPath] : [];
  const attestations: Attestation[] = [];
  const problems: Problem[] = [];
  for (const path of new Set(paths)) {
    const text = await readText(path);
    if (!text.ok) return text;
    const list = parseAttestations(text.value, path);
    attestations.push(...list.attestations);
    problems.push(...list.problems);
  }
  return ok({ attestations, problems });
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function readText(path: string): Promise<Result<string>> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > MAX_BYTES)
        return err(`${path} has ${size} bytes; more than ${MAX_BYTES} are not read as attestations`);
      return ok(await file.readFile('utf8'));
    } finally {
      await file.close();
    }
  } catch (error) {
    return err(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A problem for each statement about something that is not in the catalogue or in no framework: it would never be heard. */
export function foreignSubjects(
  attestations: readonly Attestation[],
  controls: readonly Control[],
  frameworks: readonly Framework[],
): Problem[] {
  const ids = new Set(controls.map(({ id }) => id));
  return attestations.flatMap(({ subject, statedIn }) => {
    const fault = 'control' in subject ? controlFault(subject.control, ids) : clauseFault(subject, frameworks);
    return fault === undefined ? [] : [invalidAttestation(`${statedIn}: ${fault}`, statedIn)];
  });
}

function controlFault(id: string, known: ReadonlySet<string>): string | undefined {
  return known.has(id)
    ? undefined
    : `there is no control ${JSON.stringify(id.slice(0, 60))}; plimsoll explain shows them`;
}

function clauseFault(
  { framework: id, clause }: { readonly framework: string; readonly clause: string },
  frameworks: readonly Framework[],
): string | undefined {
  const framework = frameworks.find((one) => one.id === id);
  if (framework === undefined)
    return `there is no framework ${JSON.stringify(id.slice(0, 60))}${suggestion(
      id,
      frameworks.map((one) => one.id),
    )}`;
  if (framework.clauses.some((one) => one.id === clause)) return undefined;
  return `${framework.title} has no clause ${JSON.stringify(clause.slice(0, 60))} here`;
}

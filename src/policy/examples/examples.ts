import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareTexts, err, ok, type Result } from '#foundation/index.ts';
import { evaluateAdmission, type ManifestObject, readManifest } from '../admission/index.ts';
import { type LoadedPolicies, loadPolicies, policiesNamed, readText } from '../packs/index.ts';

/** What came of one example of a policy. */
export interface ExampleResult {
  /** File name: `fail-latest.yaml`. */
  readonly example: string;
  readonly expected: 'pass' | 'fail';
  /** Absent where it came out as expected. */
  readonly fault?: string;
}

/** What came of all examples of the policies in one folder. */
export interface PolicyTest {
  /** `build-gate/no-secrets`, or the folder. */
  readonly id: string;
  readonly examples: readonly ExampleResult[];
  /** Why it could not be tested, wholly or in part: a fault of the policy, no example of a sort, a file that cannot be read. */
  readonly faults: readonly string[];
}

interface TestedFolder {
  readonly id: string;
  readonly folder: string;
}

/**
 * Tests policies by their examples: each folder with a `policy.yaml` has `examples/pass-*.yaml`, whose objects it lets through, and
 * `examples/fail-*.yaml`, at least one of whose objects it does not. Each word is a pack, a policy of one, or a directory; what
 * stands in several of them is tested once.
 */
export async function testPolicies(words: readonly string[]): Promise<Result<readonly PolicyTest[]>> {
  const folders = new Map<string, TestedFolder>();
  for (const word of words) {
    const named = await foldersNamed(word);
    if (!named.ok) return named;
    for (const one of named.value) folders.set(one.folder, one);
  }
  const tests: PolicyTest[] = [];
  for (const folder of folders.values()) tests.push(await testFolder(folder));
  return ok(tests);
}

async function foldersNamed(word: string): Promise<Result<readonly TestedFolder[]>> {
  const packed = await policiesNamed(word);
  if (packed.length > 0) return ok(packed);
  const found = await foldersBelow(word);
  return found.length > 0
    ? ok(found)
    : err(`there is no pack and no directory with a policy.yaml that is called ${word}`);
}

const MAX_DEPTH = 4;

async function foldersBelow(directory: string, depth = 0): Promise<TestedFolder[]> {
  const entries = await entriesOf(directory);
  const own = entries.some((entry) => entry.isFile() && entry.name === 'policy.yaml');
  const below = entries.filter(
    (entry) => entry.isDirectory() && entry.name !== 'examples' && !entry.name.startsWith('.'),
  );
  const found: TestedFolder[] = own ? [{ id: directory, folder: directory }] : [];
  for (const { name } of depth < MAX_DEPTH ? below.sort((a, b) => compareTexts(a.name, b.name)) : [])
    found.push(...(await foldersBelow(join(directory, name), depth + 1)));
  return found;
}

async function entriesOf(directory: string) {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function testFolder({ id, folder }: TestedFolder): Promise<PolicyTest> {
  const policies = await loadPolicies([join(folder, 'policy.yaml')]);
  const faults = [...policies.errors, ...policies.faults.map(({ place, message }) => `${place}: ${message}`)];
  if (faults.length > 0) return { id, examples: [], faults };
  const names = (await entriesOf(join(folder, 'examples')))
    .map(({ name }) => name)
    .filter(isYaml)
    .sort(compareTexts);
  const examples: ExampleResult[] = [];
  for (const name of names) {
    const expected = /^(pass|fail)-/.exec(name)?.[1];
    if (expected === 'pass' || expected === 'fail')
      examples.push(await testExample(policies, join(folder, 'examples'), name, expected));
    else faults.push(`examples/${name}: its name begins with neither pass- nor fail-`);
  }
  const missing = (['pass', 'fail'] as const).filter((one) => examples.every(({ expected }) => expected !== one));
  return { id, examples, faults: [...faults, ...missing.map((one) => `has no example ${one}-*.yaml`)] };
}

function isYaml(name: string): boolean {
  return /\.(?:ya?ml|json)$/.test(name);
}

async function testExample(
  policies: LoadedPolicies,
  directory: string,
  example: string,
  expected: 'pass' | 'fail',
): Promise<ExampleResult> {
  const text = await readText(join(directory, example));
  const objects = text.ok ? readManifest(text.value, example) : text;
  if (!text.ok || !objects.ok) return { example, expected, fault: objects.ok ? '' : objects.error };
  const fault = judged(policies, objects.value, expected, wantedMessage(text.value));
  return { example, expected, ...(fault !== undefined && { fault }) };
}

/** `# message: no latest` in the first line: what one of the refusals has to say. */
function wantedMessage(text: string): string | undefined {
  return /^# message: (.+)/.exec(text)?.[1]?.trim();
}

/** Objects of an example may be parameters too, as they would lie in a cluster beside each other. */
function judged(
  { set }: LoadedPolicies,
  objects: readonly ManifestObject[],
  expected: 'pass' | 'fail',
  message: string | undefined,
): string | undefined {
  const parameters = [...objects, ...set.parameters];
  const verdicts = [...evaluateAdmission({ ...set, parameters }, objects)];
  const asked = verdicts.filter(({ outcome }) => outcome !== 'skipped');
  if (asked.length === 0) return 'the policy is about none of its objects';
  const failures = asked.filter(({ outcome }) => outcome !== 'passed').flatMap((one) => one.failures);
  if (expected === 'pass') return failures[0] && `was refused: ${failures[0].message}`;
  if (failures.length === 0) return 'was let through';
  if (failures.every(({ isError }) => isError) && message === undefined) return `has an error: ${failures[0]?.message}`;
  if (message === undefined || failures.some((one) => one.message === message)) return undefined;
  return `was refused with other words: ${failures.map((one) => one.message).join('; ')}`;
}

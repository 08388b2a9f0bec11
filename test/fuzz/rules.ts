import assert from 'node:assert/strict';
import { type ByteStream, DamagedInput, type Problem, type Result } from '#foundation/index.ts';

const EFFECTS = ['incomplete', 'degraded', 'note'];
/** Problems of one kind are counted, not repeated. */
const MAX_PROBLEMS = 200;

/** Problems are words for people, and few. */
export function checkProblems(problems: readonly Problem[]): void {
  assert.ok(problems.length <= MAX_PROBLEMS, `${problems.length} problems`);
  for (const { code, message, effect, subject, count } of problems) {
    assert.match(code, /^[a-z0-9]+(-[a-z0-9]+)+$/, 'a code is kebab-case');
    checkWords(message);
    assert.ok(EFFECTS.includes(effect), `effect ${effect}`);
    assert.ok(subject === undefined || (typeof subject === 'string' && subject.length < 20_000), 'a subject is a text');
    assert.ok(count === undefined || (Number.isSafeInteger(count) && count > 0), `count ${count}`);
  }
}

/** An error is a sentence: neither empty nor a copy of the input. */
export function checkWords(message: string): void {
  assert.equal(typeof message, 'string');
  assert.ok(message.length >= 8, `too few words: ${JSON.stringify(message)}`);
  assert.ok(message.length <= 4000, `a message of ${message.length} characters`);
}

export function checkResult<T>(result: Result<T, string | { readonly message: string }>): T | undefined {
  if (result.ok) return result.value;
  checkWords(typeof result.error === 'string' ? result.error : result.error.message);
  return undefined;
}

/** True when something says that the answer may not be whole. */
export function saysIncomplete(problems: readonly Problem[]): boolean {
  return problems.some(({ effect }) => effect === 'incomplete');
}

/** Runs what may throw `DamagedInput` and nothing else. */
export async function damageOr<T>(run: () => T | Promise<T>): Promise<T | DamagedInput> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof DamagedInput)) throw error;
    checkWords(error.message);
    return error;
  }
}

/** A stream's whole content, or the damage that ended it. */
export async function contentOf(open: () => ByteStream, maxBytes: number): Promise<Buffer | DamagedInput> {
  return damageOr(async () => {
    const stream = open();
    const chunks: Buffer[] = [];
    let total = 0;
    try {
      for (let chunk = await stream.read(); chunk; chunk = await stream.read()) {
        total += chunk.length;
        assert.ok(total <= maxBytes, `more than the limit of ${maxBytes} bytes came out`);
        assert.ok(chunk.length > 0, 'an empty chunk');
        chunks.push(Buffer.from(chunk));
      }
    } finally {
      stream.close();
    }
    return Buffer.concat(chunks);
  });
}

import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { commonPasswords } from './common-passwords.ts';

const derive = promisify(argon2);

/** What a password was hashed with, kept beside the hash: it can be raised later without losing anybody. */
const hashedPassword = z.object({
  algorithm: z.literal('argon2id'),
  /** KiB */
  memory: z.int().min(8).max(1_048_576),
  passes: z.int().min(1).max(64),
  parallelism: z.int().min(1).max(16),
  salt: z.base64url().max(100),
  hash: z.base64url().max(200),
});

export type HashedPassword = z.infer<typeof hashedPassword>;

const MIN_LENGTH = 12;
const MAX_LENGTH = 256;
/** RFC 9106 has it in words, OWASP's cheat sheet in these figures. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;
/** Every hash under way holds its memory: a flood of sign-ins waits in line instead. */
const MAX_AT_ONCE = 4;

/** Why a password cannot be taken, as a sentence; nothing when it can. No rules of composition: length and not being known count. */
export function passwordProblem(password: string, name: string): string | undefined {
  const normal = password.normalize('NFKC');
  if ([...normal].length < MIN_LENGTH)
    return `A password has ${MIN_LENGTH} characters or more; a sentence is a good one.`;
  if (normal.length > MAX_LENGTH) return `A password has ${MAX_LENGTH} characters at most.`;
  const plain = normal.toLowerCase();
  if (isRepetition(plain)) return 'This password repeats itself; choose one that does not.';
  if (commonPasswords.has(plain) || plain === name.toLowerCase().repeat(Math.ceil(plain.length / name.length)))
    return 'This password is among the first that somebody would try; choose another.';
  return undefined;
}

/** `aaaaaaaaaaaa`, `abcabcabcabc` */
function isRepetition(text: string): boolean {
  const next = (text + text).indexOf(text, 1);
  return next < text.length && next <= 4;
}

export async function hashPassword(password: string): Promise<HashedPassword> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await inLine(() => derive('argon2id', parametersOf(password, salt, COST)));
  return { algorithm: 'argon2id', ...COST, salt: salt.toString('base64url'), hash: hash.toString('base64url') };
}

/** Without a stored one it does the same work and says no: how long it takes does not tell which accounts there are. */
export async function verifyPassword(password: string, stored: unknown): Promise<boolean> {
  const read = hashedPassword.safeParse(stored);
  const known = read.success ? read.data : { ...COST, salt: 'A'.repeat(22), hash: 'A'.repeat(43) };
  const salt = Buffer.from(known.salt, 'base64url');
  const hash = await inLine(() => derive('argon2id', parametersOf(password.slice(0, MAX_LENGTH), salt, known)));
  const expected = Buffer.from(known.hash, 'base64url');
  return expected.length === hash.length && timingSafeEqual(expected, hash) && read.success;
}

function parametersOf(password: string, nonce: Buffer, { memory, passes, parallelism }: typeof COST) {
  return { message: password.normalize('NFKC'), nonce, memory, passes, parallelism, tagLength: HASH_BYTES };
}

let free = MAX_AT_ONCE;
const waiting: (() => void)[] = [];

async function inLine<T>(work: () => Promise<T>): Promise<T> {
  if (free > 0) free--;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }
}

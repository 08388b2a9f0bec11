import { parseDocument } from 'yaml';
import { z } from 'zod';
import { err, ok, type Result } from '#foundation/index.ts';

const head = z.strictObject({
  title: z.string().min(1).max(200),
  /** To read it and answer. */
  minutes: z.int().min(1).max(30),
  /** Kinds of findings that it is about, whatever their rule. */
  kinds: z.array(z.string()),
  /** Rules of findings that it is about; `*` stands for any characters. */
  rules: z.array(z.string().regex(/^[a-z0-9*-]+$/)),
  cwe: z.array(z.string().regex(/^CWE-\d+$/)),
  /** Of NIST SP 800-53. */
  controls: z.array(z.string().regex(/^[A-Z]{2}-\d+(?:\(\d+\))?$/)),
  quiz: z
    .array(
      z.strictObject({
        question: z.string().min(1),
        answers: z.array(z.string().min(1)).min(2).max(5),
        right: z.int().min(0),
        why: z.string().min(1),
      }),
    )
    .min(3)
    .max(5),
});

/** Something short to learn, for people whose findings say that it would help. */
export interface Lesson extends z.infer<typeof head> {
  /** Name of its file. */
  readonly id: string;
  /** Markdown. */
  readonly body: string;
}

/** Reads a lesson: YAML between two lines of three dashes, and Markdown. An error is a sentence. */
export function parseLesson(id: string, text: string): Result<Lesson> {
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]+)$/.exec(text) ?? [];
  if (front === undefined || body === undefined) return err(`${id}: it begins with a head between two lines of ---`);
  const yaml = parseDocument(front);
  if (yaml.errors.length > 0) return err(`${id}: ${yaml.errors[0]?.message ?? 'its head cannot be read'}`);
  const read = head.safeParse(yaml.toJS());
  if (!read.success) {
    const [issue] = read.error.issues;
    return err(`${id}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const wrong = read.data.quiz.find(({ right, answers }) => right >= answers.length);
  if (wrong) return err(`${id}: the right answer of ${JSON.stringify(wrong.question)} is none of the answers`);
  return ok({ id, ...read.data, body: body.trim() });
}

/** Whether a lesson is about findings of this kind and rule. */
export function teaches({ kinds, rules }: Lesson, kind: string, rule: string): boolean {
  return kinds.includes(kind) || rules.some((pattern) => fits(pattern, rule));
}

/** `kubernetes-capability-*` */
function fits(pattern: string, rule: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return rule === pattern;
  if (!rule.startsWith(start)) return false;
  let at = start.length;
  for (const part of rest.slice(0, -1)) {
    const found = rule.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const end = rest.at(-1) ?? '';
  return rule.length - end.length >= at && rule.endsWith(end);
}

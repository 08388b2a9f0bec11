import type { Node } from 'yaml';
import { z } from 'zod';
import { err, ok, type Result } from '#foundation/index.ts';
import { type Example, exampleEvent, exampleRecord } from '../examples/example.ts';

const example = z.strictObject({
  title: z.string().min(1),
  events: z
    .array(z.union([exampleEvent, exampleRecord]))
    .min(1)
    .max(100),
});

/** What a rule says under `plimsoll`, which Falco passes over: why it is there, what to do, and examples that are its tests. */
const about = z.strictObject({
  /** Techniques of MITRE ATT&CK. @example ['T1611'] */
  attack: z.array(z.string().regex(/^T\d{4}(?:\.\d{3})?$/)).default([]),
  why: z.string().default(''),
  legitimate: z.string().default(''),
  respond: z.string().default(''),
  references: z.array(z.string()).default([]),
  examples: z
    .strictObject({ positive: z.array(example).default([]), negative: z.array(example).default([]) })
    .default({ positive: [], negative: [] }),
});

export interface RuleAbout {
  readonly attack: readonly string[];
  readonly why: string;
  readonly legitimate: string;
  readonly respond: string;
  readonly references: readonly string[];
  readonly examples: readonly Example[];
}

const NOTHING_ABOUT: RuleAbout = {
  attack: [],
  why: '',
  legitimate: '',
  respond: '',
  references: [],
  examples: [],
};

export function readAbout(node: Node | undefined): Result<RuleAbout> {
  if (node === undefined) return ok(NOTHING_ABOUT);
  const parsed = about.safeParse(node.toJSON());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return err(`plimsoll.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not understood'}`);
  }
  const { examples, ...rest } = parsed.data;
  const all = [
    ...examples.positive.map((one) => ({ ...one, fires: true })),
    ...examples.negative.map((one) => ({ ...one, fires: false })),
  ];
  return ok({ ...rest, examples: all });
}

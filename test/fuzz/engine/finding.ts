/** A rule that an input broke. */
export interface Finding {
  readonly target: string;
  readonly seed: number;
  readonly iteration: number;
  readonly kind: FindingKind;
  readonly message: string;
  /** Where it happened, project frames only. */
  readonly stack?: string;
}

/**
 * `failure`: the target threw. `hang`: no answer, the process had to be ended. `crash`: the process ended by itself.
 * `slow`, `memory`: more processor time or memory than an input of this size may cost. `leak`: something was left open or
 * kept after all inputs of a job; `iteration` is the last one then.
 */
export type FindingKind = 'failure' | 'hang' | 'crash' | 'slow' | 'memory' | 'leak';

/** The same for findings that are most likely one defect: numbers and quoted texts of the input do not count. */
export function signatureOf({ target, kind, message, stack }: Finding): string {
  const [frame = ''] = stack?.split('\n') ?? [];
  const [line = ''] = message.split('\n');
  return `${target} ${kind} ${frame} ${line.replace(/"(?:[^"\\]|\\.)*"|\d+/g, '').slice(0, 120)}`;
}

/** The frames of a stack trace that lie in this project, without the directory it lies in. */
export function projectFrames(stack: string, root: string): string {
  const frames = stack.split('\n').filter((line) => line.includes(root) && !line.includes('node_modules'));
  return frames.map((line) => line.trim().replaceAll(`file://`, '').replaceAll(root, '')).join('\n');
}

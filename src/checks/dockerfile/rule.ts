import type { Check, CheckHit, Position } from '../check.ts';
import type { Command, Dockerfile, Instruction, Span, Stage } from './document.ts';

export type DockerfileCheck = Check<'dockerfile'>;

/** What the checks here have in common. */
export function dockerfileCheck(check: Omit<DockerfileCheck, 'subject' | 'maturity'>): DockerfileCheck {
  return { subject: 'dockerfile', maturity: 'stable', ...check };
}

/** A hit at a place of the document. */
export function hitAt(
  dockerfile: Dockerfile,
  span: Span,
  message: string,
  more: Pick<CheckHit, 'fix' | 'fixMayBreak' | 'remediation'> = {},
): CheckHit {
  return { message, position: positionOf(dockerfile, span), ...more };
}

function positionOf({ lineStarts }: Dockerfile, { start, end }: Span): Position {
  const first = lineIndex(lineStarts, start);
  const last = lineIndex(lineStarts, end);
  return {
    line: first + 1,
    column: start - (lineStarts[first] ?? 0) + 1,
    endLine: last + 1,
    endColumn: end - (lineStarts[last] ?? 0) + 1,
  };
}

function lineIndex(lineStarts: readonly number[], offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function instructionsOf({ instructions }: Dockerfile, ...keywords: readonly string[]): Instruction[] {
  return instructions.filter(({ keyword }) => keywords.includes(keyword));
}

/** The stage that a build without `--target` makes the image of. */
export function lastStage({ stages }: Dockerfile): Stage | undefined {
  return stages.at(-1);
}

/** The last stage and those it begins from: what they hold is in the image. Last first. */
export function shippedStages({ stages }: Dockerfile): Stage[] {
  const shipped: Stage[] = [];
  let stage = stages.at(-1);
  while (stage) {
    shipped.push(stage);
    stage = stage.base.kind === 'stage' ? stages[stage.base.stage] : undefined;
  }
  return shipped;
}

/** Instructions of a kind whose result is in the image, in the order of the document. */
export function shippedInstructions(dockerfile: Dockerfile, ...keywords: readonly string[]): Instruction[] {
  const shipped = new Set(shippedStages(dockerfile).map(({ index }) => index));
  return instructionsOf(dockerfile, ...keywords).filter(({ stage }) => shipped.has(stage));
}

/** Commands that a build runs, with the instruction that each is in. */
export function* buildCommands(
  instructions: readonly Instruction[],
): Generator<{ readonly run: Instruction; readonly command: Command }> {
  for (const run of instructions) {
    if (run.keyword !== 'RUN') continue;
    for (const command of run.commands) yield { run, command };
  }
}

/** As it is written, on one line and short enough for a message. */
export function quoted({ text }: Dockerfile, { start, end }: Span): string {
  const written = text
    .slice(start, Math.min(end, start + 400))
    .replaceAll(/[\\`]?\r?\n\s*/g, ' ')
    .replaceAll(/[^\x20-\x7e]/g, '?');
  return written.length > 80 ? `${written.slice(0, 79)}…` : written;
}

export const documentation = (anchor: string): string => `https://docs.docker.com/reference/dockerfile/#${anchor}`;
export const bestPractices = 'https://docs.docker.com/build/building/best-practices/';
export const hadolint = (id: string): string => `https://github.com/hadolint/hadolint/wiki/${id}`;

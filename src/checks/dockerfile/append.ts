import type { CheckHit } from '../check.ts';
import type { Dockerfile, Instruction } from './document.ts';

/**
 * An edit that adds a command behind the last one of a step. None where that is not surely its end: a comment, an operator or a
 * here-document may follow, or the step is in the JSON form.
 */
export function appendCommand({ text }: Dockerfile, run: Instruction, command: string): Pick<CheckHit, 'fix'> {
  const { form, heredocs, commands, start, end } = run;
  const last = commands.findLast(({ depth, isExact }) => depth === 0 && isExact);
  const written = text.slice(start, end).trimEnd();
  if (form === 'json' || heredocs.length > 0 || last?.end !== start + written.length) return {};
  const separator = written.includes('\n') ? ' \\\n    && ' : ' && ';
  return { fix: [{ start: last.end, end: last.end, text: separator + command }] };
}

import { EvaluationFault, type Integer } from '../values/value.ts';

const MAX_RESULT = 8 * 1024 * 1024;

/** The first `count` places of a text; all where it is negative. */
export function replaceText(text: string, wanted: string, by: string, count: Integer): string {
  if (count === 0) return text;
  const parts = wanted === '' ? withEdges(text) : text.split(wanted);
  const most = count < 0 ? parts.length - 1 : Math.min(Number(count), parts.length - 1);
  if (text.length + most * by.length > MAX_RESULT)
    throw new EvaluationFault('replace would make a text that is too long');
  return [parts.slice(0, most + 1).join(by), ...parts.slice(most + 1)].join(wanted);
}

/** An empty text is found before each character and at the end. */
function withEdges(text: string): string[] {
  return ['', ...text, ''];
}

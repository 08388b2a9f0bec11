import { type Paint, painter, printable } from '#foundation/index.ts';
import type { FixGroup, FixPlan, UnfixedPackage } from '../plan/fix-plan.ts';
import {
  configurationWords,
  detailsOf,
  fileWords,
  headline,
  type Piece,
  placeWords,
  removesWords,
  stepWords,
  unfixedWords,
} from './words.ts';

const SHOWN_IDS = 6;

/** The plan for a terminal. */
export function* planTable(plan: FixPlan, { color }: { readonly color: boolean }): Iterable<string> {
  const paint = painter(color);
  yield `${paint('bold', flat(headline(plan)))}\n`;
  for (const group of plan.groups) yield* groupLines(group, paint);
  for (const file of plan.configuration?.files ?? []) {
    yield `\n${paint('bold', flat(fileWords(file)))}\n`;
    for (const [index, step] of file.steps.entries()) yield `  ${index + 1}. ${flat(configurationWords(step))}\n`;
  }
  if (plan.unfixed.length === 0) return;
  yield `\n${paint('bold', 'Without a fix')}\n`;
  for (const one of plan.unfixed) yield* unfixedLines(one, paint);
}

function* groupLines(group: FixGroup, paint: Paint): Iterable<string> {
  yield `\n${paint('bold', flat(placeWords(group)))}\n`;
  for (const [index, step] of group.steps.entries()) {
    yield `  ${index + 1}. ${flat(stepWords(step))}\n`;
    yield `     ${flat(removesWords(step, SHOWN_IDS))}\n`;
    for (const detail of detailsOf(step)) yield `     ${paint('dim', flat(detail))}\n`;
  }
  if (group.command !== undefined) yield `  ${paint('cyan', `$ ${printable(group.command)}`)}\n`;
}

function* unfixedLines(one: UnfixedPackage, paint: Paint): Iterable<string> {
  yield `  ${flat(unfixedWords(one))}\n`;
  for (const option of one.options) yield `     ${paint('dim', printable(option))}\n`;
}

function flat(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.foreign)).join('');
}

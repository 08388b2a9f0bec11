import { printable } from '#foundation/index.ts';
import type { FixPlan } from '../plan/fix-plan.ts';
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

const SHOWN_IDS = 100;

/** The plan as GitHub's Markdown, for an issue or a pull request. */
export function* planMarkdown(plan: FixPlan): Iterable<string> {
  yield `# Fix plan\n\n${marked(headline(plan))}.\n`;
  for (const group of plan.groups) {
    yield `\n## ${marked(placeWords(group))}\n\n`;
    for (const step of group.steps) {
      yield `- [ ] ${marked(stepWords(step))}\n`;
      yield `  - ${marked(removesWords(step, SHOWN_IDS))}\n`;
      for (const detail of detailsOf(step)) yield `  - ${marked(detail)}\n`;
    }
    if (group.command !== undefined) yield `\nAll at once: ${code(group.command)}\n`;
  }
  for (const file of plan.configuration?.files ?? []) {
    yield `\n## ${marked(fileWords(file))}\n\n`;
    for (const step of file.steps) yield `- [ ] ${marked(configurationWords(step))}\n`;
  }
  if (plan.unfixed.length === 0) return;
  yield '\n## Without a fix\n\n';
  for (const one of plan.unfixed) {
    yield `- ${marked(unfixedWords(one))}\n`;
    for (const option of one.options) yield `  - ${option}\n`;
  }
}

function marked(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : code(piece.foreign))).join('');
}

/** Inside a code span nothing is markup but the back tick: https://spec.commonmark.org/0.31.2/#code-spans. */
function code(text: string): string {
  return `\`${printable(text).replaceAll('`', '’') || ' '}\``;
}

import { groupBy } from '../tally.ts';
import { counted, decisionWords } from '../wording.ts';
import { hanging, type View } from './view.ts';

const shownAtOnce = 10;

/** What does not count because somebody said so: never hidden, and with who, why and until when. */
export function decided(view: View): string[] {
  const found = view.decided;
  if (found.length === 0) return [];
  const groups = [...groupBy(found, ({ id, decision }) => JSON.stringify([id, decision])).values()];
  const shown = view.verbose ? groups : groups.slice(0, shownAtOnce);
  const rest = groups.length - shown.length;
  return [
    ...hanging(view, '', `Decided, so that they do not count: ${counted(found.length, 'finding')}`, 'bold'),
    '',
    ...shown.flatMap(([first, ...others]) => {
      const decision = first?.decision;
      if (!first || !decision) return [];
      const places = others.length === 0 ? '' : ` (${counted(others.length + 1, 'place')})`;
      return hanging(view, '  ', `${first.id}${places}: ${decisionWords(decision)}`, 'dim');
    }),
    ...(rest > 0 ? hanging(view, '  ', `and ${counted(rest, 'more decision')}; --verbose lists all`, 'dim') : []),
  ];
}

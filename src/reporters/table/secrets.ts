import { printable } from '#foundation/index.ts';
import type { SecretFinding } from '#secrets/index.ts';
import { padTo } from '../columns.ts';
import { countSeverities, groupBy, severityWords } from '../tally.ts';
import { secretSourceWords } from '../wording.ts';
import { severityStyle } from './paint.ts';
import { moreWords, placeWords } from './places.ts';
import { hanging, type View } from './view.ts';

const shownAtOnce = 10;
const shownPlaces = 3;
const indent = '    ';

/** Secrets that whoever has the image has too: the same value in several places is one. */
export function secrets(view: View): string[] {
  const found = view.secrets;
  if (found.length === 0) return [];
  const groups = [...groupBy(found, ({ id, fingerprint }) => `${id} ${fingerprint}`).values()];
  const shown = view.verbose ? groups : groups.slice(0, shownAtOnce);
  const worst = groups.flatMap(([first]) => first ?? []);
  return [
    ...hanging(view, '', `Secrets: ${severityWords(countSeverities(worst))}`, 'bold'),
    '',
    ...shown.flatMap((group) => lines(view, group)),
    ...(shown.length < groups.length
      ? hanging(view, '  ', moreWords(groups.length - shown.length, 'secret'), 'dim')
      : []),
    ...hanging(view, '  ', 'Revoke each of them first; only then take it out of the image or the sources.'),
  ];
}

function lines(view: View, group: readonly SecretFinding[]): string[] {
  const [first] = group;
  if (!first) return [];
  const shown = view.verbose ? group : group.slice(0, shownPlaces);
  const checked = first.confidence === 'verified' ? ', its checksum holds' : '';
  return [
    `  ${view.paint(severityStyle[first.severity], padTo(first.severity, 8))}  ${view.paint('bold', printable(first.title))}`,
    ...hanging(view, indent, `${first.preview}${checked}`, 'dim'),
    ...shown.flatMap((one) => hanging(view, indent, whereWords(one))),
    ...(shown.length < group.length
      ? hanging(view, indent, moreWords(group.length - shown.length, 'place'), 'dim')
      : []),
    ...(view.verbose ? hanging(view, indent, `rule ${first.id}, fingerprint ${first.fingerprint}`, 'dim') : []),
  ];
}

function whereWords({ source, location, name }: SecretFinding): string {
  const at = name === undefined ? '' : `, ${name}`;
  return location ? `${placeWords(location)}${at}` : `${secretSourceWords[source]}${at}`;
}

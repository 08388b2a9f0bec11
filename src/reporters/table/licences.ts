import { licenceCategories } from '#licences/index.ts';
import { groupBy } from '../tally.ts';
import { counted } from '../wording.ts';
import { hanging, type View } from './view.ts';

const shownPackages = 8;

/** Packages whose licence somebody should have decided about, by what it asks for; the heaviest first. */
export function licences(view: View): string[] {
  const found = view.licences;
  if (found.length === 0) return [];
  const byCategory = groupBy(found, ({ category }) => category);
  return [
    ...hanging(view, '', `Licences to decide about: ${counted(found.length, 'package')}`, 'bold'),
    '',
    ...licenceCategories.toReversed().flatMap((category) => {
      const group = byCategory.get(category);
      if (!group?.[0]) return [];
      const title = `${category.replaceAll('-', ' ')} (${counted(group.length, 'package')}): ${group[0].title}`;
      const names = group.map(({ package: one, id }) => `${one.name} ${one.version} (${id})`);
      const shown = view.verbose ? names : names.slice(0, shownPackages);
      const rest = names.length - shown.length;
      return [
        ...hanging(view, '  ', title),
        ...hanging(view, '    ', `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`, 'dim'),
      ];
    }),
  ];
}

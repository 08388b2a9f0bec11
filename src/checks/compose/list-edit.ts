import type { TextEdit } from '../check.ts';
import type { ComposeService } from './file/service.ts';

/**
 * Adds an item to a list of a service, or the list to the service, as the first of its lines. Undefined where the file is written in a way
 * in which that is not plain: in braces, or behind an anchor that others use.
 */
export function withItem(service: ComposeService, list: string, item: string): readonly TextEdit[] | undefined {
  const known = service.own(list);
  if (known !== undefined) {
    const first = known.ownRange && known.items()[0]?.ownRange;
    const lead = first && leadOf(known.source, first.start);
    return first && lead !== undefined && /^ *- +$/.test(lead)
      ? [{ start: first.start, end: first.start, text: `${item}\n${lead}` }]
      : undefined;
  }
  const range = service.setting.ownRange;
  const lead = range && leadOf(service.setting.source, range.start);
  return range && lead !== undefined && /^ +$/.test(lead)
    ? [{ start: range.start, end: range.start, text: `${list}:\n${lead}  - ${item}\n${lead}` }]
    : undefined;
}

/** What stands before it in its line. */
function leadOf(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

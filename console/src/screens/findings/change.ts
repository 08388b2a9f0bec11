import type { InfiniteData } from '@tanstack/react-query';
import { call, wordsOf } from '../../api/api.ts';
import type { AnswerOf, RequestOf } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { tell } from '../../components/toast.tsx';
import type { Finding } from './data.ts';

export type Change = RequestOf<'changeFindings'>['body']['change'];

type Page = AnswerOf<'listFindings'>;

/** Shows a change in every list that is loaded: one's own before the server has said yes, those of others when it tells. */
export function showChange(ids: ReadonlySet<string>, change: Partial<Finding>): void {
  queryClient.setQueriesData<InfiniteData<Page>>({ queryKey: ['findings', 'list'] }, (data) =>
    data === undefined
      ? data
      : {
          ...data,
          pages: data.pages.map((page) =>
            page.items.some(({ id }) => ids.has(id))
              ? { ...page, items: page.items.map((item) => (ids.has(item.id) ? { ...item, ...change } : item)) }
              : page,
          ),
        },
  );
}

function shownBy({ assignee, dueAt, state }: Change): Partial<Finding> {
  return {
    ...(assignee !== undefined && { assignee }),
    ...(dueAt !== undefined && { dueAt }),
    ...(state !== undefined && { state }),
  };
}

/** What was so before, as changes that bring it back: one for all that were alike. */
function inverses(
  findings: readonly Finding[],
  change: Change,
): readonly { readonly ids: readonly string[]; readonly change: Change }[] {
  const reason = 'Undone';
  const back = ({ assignee, dueAt, state }: Finding): Change => ({
    ...(change.assignee !== undefined && { assignee }),
    ...(change.dueAt !== undefined && { dueAt, reason }),
    ...(change.state !== undefined && { state: state === 'in-progress' ? 'in-progress' : 'open', reason }),
  });
  const groups = Map.groupBy(findings, (finding) => JSON.stringify(back(finding)));
  return [...groups].map(([, alike]) => ({ ids: alike.map(({ id }) => id), change: back(alike[0] as Finding) }));
}

export function refreshFindings(ids: readonly string[]): void {
  for (const id of ids) void queryClient.invalidateQueries({ queryKey: ['finding', id] });
  for (const kind of ['count', 'facets']) void queryClient.invalidateQueries({ queryKey: ['findings', kind] });
  void queryClient.invalidateQueries({ queryKey: ['inbox'] });
}

/**
 * Changes findings: at once on the screen, then on the server, and says so with a way back. What the server refuses is shown as it was.
 * `done` is what is said then: `Assigned to you`.
 */
export async function changeFindings(findings: readonly Finding[], change: Change, done: string): Promise<void> {
  const ids = findings.map(({ id }) => id);
  showChange(new Set(ids), shownBy(change));
  try {
    const { refused } = await call('changeFindings', { body: { ids, change } });
    restore(findings.filter(({ id }) => refused.some((one) => one.id === id)));
    const changed = findings.filter(({ id }) => refused.every((one) => one.id !== id));
    const [first] = refused;
    if (first !== undefined)
      tell(`${refused.length} of ${ids.length} not changed: ${first.reason}`, { look: 'failed' });
    if (changed.length > 0)
      tell(changed.length === 1 ? done : `${done}: ${changed.length}`, { undo: () => void undo(changed, change) });
  } catch (error) {
    restore(findings);
    tell(wordsOf(error), { look: 'failed' });
  }
  refreshFindings(ids);
}

function restore(findings: readonly Finding[]): void {
  for (const finding of findings) showChange(new Set([finding.id]), finding);
}

async function undo(findings: readonly Finding[], change: Change): Promise<void> {
  restore(findings);
  try {
    for (const inverse of inverses(findings, change)) await call('changeFindings', { body: inverse });
    tell('Taken back');
  } catch (error) {
    tell(wordsOf(error), { look: 'failed' });
  }
  refreshFindings(findings.map(({ id }) => id));
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, wordsOf } from '../../../api/api.ts';
import { may, useMe } from '../../../api/me.ts';
import { queryClient } from '../../../api/queries.ts';
import { Button } from '../../../components/button.tsx';
import { TextAreaField } from '../../../components/field.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { Timeline } from '../../../components/timeline.tsx';
import { historyQuery } from '../data.ts';
import { describeEvent } from './events.ts';
import { Part } from './part.tsx';

/** What happened, and what people say about it. */
export function HistoryPart({ id }: { readonly id: string }) {
  const me = useMe();
  const { data, error } = useQuery(historyQuery(id));
  return (
    <Part title="History">
      {may(me, 'findings:triage') && <Comment id={id} />}
      {error && <p className="text-bad">{wordsOf(error)}</p>}
      {data === undefined && !error && <Skeleton className="h-12" />}
      {data?.items.length === 0 && <p className="text-muted">Nothing happened since it was found.</p>}
      {data && (
        <Timeline
          entries={data.items.map(({ id: entry, at, actor, kind, details }) => ({
            id: entry,
            at,
            by: actor?.name ?? 'Plimsoll',
            ...describeEvent(kind, details),
          }))}
        />
      )}
      {data?.next !== undefined && (
        <p className="text-small text-muted">Older entries are in the API: GET /api/v1/findings/{id}/events</p>
      )}
    </Part>
  );
}

function Comment({ id }: { readonly id: string }) {
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: () => call('addFindingComment', { params: { id }, body: { text } }),
    onSuccess: () => {
      setText('');
      void queryClient.invalidateQueries({ queryKey: ['finding', id, 'history'] });
    },
  });
  return (
    <form
      className="flex flex-col items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') add.mutate();
      }}
    >
      <div className="w-full">
        <TextAreaField
          label="Comment"
          rows={2}
          maxLength={10_000}
          error={add.error ? wordsOf(add.error) : undefined}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
          }}
        />
      </div>
      {text.trim() !== '' && (
        <Button type="submit" isBusy={add.isPending}>
          Comment <kbd>Ctrl Enter</kbd>
        </Button>
      )}
    </form>
  );
}

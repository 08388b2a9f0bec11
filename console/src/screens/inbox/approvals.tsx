import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, wordsOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { may, useMe } from '../../api/me.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextAreaField } from '../../components/field.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { Ago } from '../../components/time.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';

type Exception = ItemOf<'listExceptions'>;
type Verb = 'approve' | 'reject';

/** Exceptions that wait for a second person, who may be this one. */
export function Approvals() {
  const me = useMe();
  const mayApprove = may(me, 'exceptions:approve');
  const waiting = useQuery({
    queryKey: ['exceptions', 'requested'],
    queryFn: ({ signal }) => call('listExceptions', { search: { state: 'requested', limit: 50 } }, { signal }),
    enabled: may(me, 'findings:read'),
  });
  const all = waiting.data?.items ?? [];
  const mine = all.filter(({ requester }) => requester.id === me.id);
  const toDecide = mayApprove
    ? all.filter(({ requester, approvals }) => requester.id !== me.id && approvals.every(({ id }) => id !== me.id))
    : [];
  const [asked, setAsked] = useState<{ readonly exception: Exception; readonly verb: Verb }>();
  if (toDecide.length + mine.length === 0) return null;
  return (
    <Section
      title="Approvals"
      about={
        mine.length > 0 &&
        `${mine.length} of your own ${mine.length === 1 ? 'request waits' : 'requests wait'} for somebody else.`
      }
    >
      {toDecide.length > 0 && (
        <ul className="overflow-hidden rounded-l border border-line bg-surface">
          {toDecide.map((exception) => (
            <li
              key={exception.id}
              className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2.5 last:border-0"
            >
              <span className="w-20 shrink-0">
                <SeverityMark severity={exception.worst} />
              </span>
              <div className="min-w-0 flex-1 basis-60">
                <p className="truncate font-medium">{subjectOf(exception)}</p>
                <p className="line-clamp-2 text-muted">
                  {exception.requester.name}, <Ago at={exception.createdAt} />: {exception.explanation}
                </p>
              </div>
              <span className="text-small text-muted">until {exception.expiresAt.slice(0, 10)}</span>
              <span className="flex gap-1.5">
                <Button onClick={() => setAsked({ exception, verb: 'reject' })}>Reject</Button>
                <Button onClick={() => setAsked({ exception, verb: 'approve' })}>Approve</Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {asked && <DecideDialog {...asked} onClose={() => setAsked(undefined)} />}
    </Section>
  );
}

/** What an exception is for, in a few words. */
function subjectOf({ scope, reason }: Exception): string {
  const about = scope.finding !== undefined ? 'one finding' : [scope.rule, scope.package].filter(Boolean).join(' in ');
  const where = scope.assets
    ? ` in ${scope.assets.name}`
    : scope.finding === undefined && scope.team === undefined
      ? ' everywhere'
      : '';
  return `${about}${where}: ${reason.replaceAll(/[-_]/g, ' ')}`;
}

function DecideDialog({
  exception,
  verb,
  onClose,
}: {
  readonly exception: Exception;
  readonly verb: Verb;
  readonly onClose: () => void;
}) {
  const [comment, setComment] = useState('');
  const preview = useQuery({
    queryKey: ['exceptions', 'preview', exception.scope],
    queryFn: ({ signal }) => call('previewException', { body: { scope: exception.scope } }, { signal }),
  }).data;
  const decide = useMutation({
    mutationFn: () =>
      call(verb === 'approve' ? 'approveException' : 'rejectException', {
        params: { id: exception.id },
        body: { comment },
      }),
    onSuccess: () => {
      onClose();
      tell(verb === 'approve' ? 'Approved' : 'Rejected');
      for (const key of ['exceptions', 'findings', 'inbox']) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={verb === 'approve' ? 'Approve this exception?' : 'Reject this exception?'}
      about={subjectOf(exception)}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" isBusy={decide.isPending} onClick={() => decide.mutate()}>
            {verb === 'approve' ? 'Approve' : 'Reject'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <blockquote className="border-l-2 border-line pl-3 whitespace-pre-line">{exception.explanation}</blockquote>
        {verb === 'approve' && preview && (
          <p className="rounded-m bg-sunken px-3 py-2">
            It hides <strong>{preview.findings.toLocaleString('en')}</strong>{' '}
            {preview.findings === 1 ? 'finding' : 'findings'} now, the worst {preview.worst}, until{' '}
            {exception.expiresAt.slice(0, 10)}.
          </p>
        )}
        <TextAreaField
          label="Comment"
          hint="Stays in the history of the exception."
          rows={2}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
        {decide.error && (
          <p role="alert" className="text-bad">
            {wordsOf(decide.error)}
          </p>
        )}
      </div>
    </Dialog>
  );
}

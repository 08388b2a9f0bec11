import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { call, wordsOf } from '../../api/api.ts';
import { may, useMe } from '../../api/me.ts';
import { type Me, queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { day } from '../../components/duration.ts';
import { TextAreaField, TextField } from '../../components/field.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { Ago } from '../../components/time.tsx';
import { Timeline, type TimelineEntry } from '../../components/timeline.tsx';
import { tell } from '../../components/toast.tsx';
import { StateChip } from './exceptions.tsx';
import { type Exception, reasonLabel, scopeFilter, scopeWords } from './words.ts';

type TeamName = (id: string) => string | undefined;
type Verb = 'submit' | 'approve' | 'reject' | 'revoke' | 'renew';

/** One exception: what it is for, who said what, and what can be done about it now. */
export function ExceptionPanel({
  id,
  teamName,
  onClose,
}: {
  readonly id: string;
  readonly teamName: TeamName;
  readonly onClose: () => void;
}) {
  const query = useQuery({
    queryKey: ['exceptions', 'one', id],
    queryFn: ({ signal }) => call('getException', { params: { id } }, { signal }),
  });
  const one = query.data;
  return (
    <SidePanel
      label="The exception"
      onClose={onClose}
      header={one ? <Head exception={one} teamName={teamName} /> : <h2 className="font-semibold">Exception</h2>}
    >
      <Loaded query={query}>
        {(exception) => (
          <div
            role="region"
            aria-label="Exception"
            tabIndex={0}
            className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-5 py-4"
          >
            <Facts exception={exception} teamName={teamName} />
            <History id={id} />
          </div>
        )}
      </Loaded>
    </SidePanel>
  );
}

/** What this person may do with it now. The server decides in the end. */
function verbsFor(me: Me, { state, requester, approvals }: Exception): readonly Verb[] {
  const isOwn = requester.id === me.id;
  const canApprove = may(me, 'exceptions:approve') && !isOwn;
  const isInForce = state === 'approved' || state === 'expiring';
  const hasApproved = approvals.some(({ id }) => id === me.id);
  return [
    ...(state === 'draft' && isOwn ? (['submit'] as const) : []),
    ...(state === 'requested' && canApprove && !hasApproved ? (['approve'] as const) : []),
    ...(state === 'requested' && canApprove ? (['reject'] as const) : []),
    ...((isInForce || state === 'expired') && may(me, 'exceptions:request') ? (['renew'] as const) : []),
    ...((isOwn || may(me, 'exceptions:approve')) &&
    (isInForce || (isOwn && (state === 'requested' || state === 'draft')))
      ? (['revoke'] as const)
      : []),
  ];
}

const LABELS: Readonly<Record<Verb, string>> = {
  submit: 'Ask for approval',
  approve: 'Approve',
  reject: 'Reject',
  revoke: 'Revoke',
  renew: 'Renew',
};

function Head({ exception, teamName }: { readonly exception: Exception; readonly teamName: TeamName }) {
  const me = useMe();
  const [verb, setVerb] = useState<Verb>();
  const verbs = verbsFor(me, exception);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3 text-small">
        <StateChip state={exception.state} />
        <SeverityMark severity={exception.worst} />
      </div>
      <h2 className="text-title leading-6 font-semibold break-words">{scopeWords(exception.scope, teamName)}</h2>
      {verbs.length > 0 && (
        <div className="flex flex-wrap gap-1.5">
          {verbs.map((one) => (
            <Button
              key={one}
              look={one === 'approve' || one === 'submit' ? 'primary' : one === 'revoke' ? 'danger' : 'secondary'}
              onClick={() => setVerb(one)}
            >
              {LABELS[one]}
            </Button>
          ))}
        </div>
      )}
      {exception.state === 'requested' && exception.requester.id === me.id && (
        <p className="text-small text-muted">
          Somebody else has to approve it: nobody approves a request of their own.
        </p>
      )}
      {verb && <StepDialog exception={exception} verb={verb} onClose={() => setVerb(undefined)} />}
    </div>
  );
}

const OPERATIONS = {
  submit: 'submitException',
  approve: 'approveException',
  reject: 'rejectException',
  revoke: 'revokeException',
} as const;

const ABOUT: Readonly<Record<Verb, string>> = {
  submit: 'Those who may approve it are told.',
  approve: 'With the last approval it holds: what it is for is no longer open until it ends.',
  reject: 'Say why, so that whoever asked knows what to do instead.',
  revoke: 'What it hid opens again at once.',
  renew: 'Asks for the same once more. When it is approved it takes the place of this one.',
};

const DONE: Readonly<Record<Verb, string>> = {
  submit: 'Asked for approval',
  approve: 'Approved',
  reject: 'Rejected',
  revoke: 'Revoked',
  renew: 'Renewal requested',
};

function StepDialog({
  exception: { id, expiresAt, explanation },
  verb,
  onClose,
}: {
  readonly exception: Exception;
  readonly verb: Verb;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState(verb === 'renew' ? explanation : '');
  const [until, setUntil] = useState(() => day(new Date(Math.max(Date.now(), Date.parse(expiresAt)) + 7 * 86_400_000)));
  const step = useMutation({
    mutationFn: async () => {
      if (verb === 'renew')
        await call('renewException', {
          params: { id },
          body: { explanation: text, expiresAt: `${until}T23:59:00.000Z` },
        });
      else await call(OPERATIONS[verb], { params: { id }, body: { comment: text } });
    },
    onSuccess: () => {
      onClose();
      tell(DONE[verb]);
      void queryClient.invalidateQueries({ queryKey: ['exceptions'] });
      void queryClient.invalidateQueries({ queryKey: ['findings'] });
    },
  });
  const needsText = verb === 'renew' || verb === 'reject';
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${LABELS[verb]}?`}
      about={ABOUT[verb]}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look={verb === 'revoke' ? 'danger' : 'primary'}
            isBusy={step.isPending}
            disabled={needsText && text.trim() === ''}
            onClick={() => step.mutate()}
          >
            {LABELS[verb]}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextAreaField
          label={verb === 'renew' ? 'Explanation' : needsText ? 'Why' : 'Comment (optional)'}
          rows={3}
          maxLength={4000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        {verb === 'renew' && (
          <TextField label="Until" type="date" value={until} onChange={({ target }) => setUntil(target.value)} />
        )}
        {step.error && (
          <p role="alert" className="text-bad">
            {wordsOf(step.error)}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Facts({ exception, teamName }: { readonly exception: Exception; readonly teamName: TeamName }) {
  const { reason, explanation, requester, approvals, approvalsNeeded, createdAt, approvedAt, expiresAt } = exception;
  return (
    <dl className="grid grid-cols-[7.5rem_1fr] gap-x-4 gap-y-2.5">
      <Fact name="Reason">{reasonLabel(reason)}</Fact>
      <Fact name="Explanation">
        <p className="break-words whitespace-pre-wrap">{explanation}</p>
      </Fact>
      <Fact name="Findings">
        <Findings exception={exception} teamName={teamName} />
      </Fact>
      <Fact name="Asked by">
        {requester.name} <Ago at={createdAt} className="text-muted" />
      </Fact>
      <Fact name="Approved by">
        {approvals.length === 0
          ? `nobody yet, ${approvalsNeeded} needed`
          : approvals.map(({ name }) => name).join(', ')}{' '}
        {approvedAt && <Ago at={approvedAt} className="text-muted" />}
      </Fact>
      <Fact name="Ends">
        {day(new Date(expiresAt))} <Ago at={expiresAt} className="text-muted" />
      </Fact>
      {exception.renews && (
        <Fact name="Renews">
          <Link to="/exceptions" search={{ open: exception.renews }} className="text-link hover:underline">
            the one before
          </Link>
        </Fact>
      )}
    </dl>
  );
}

function Findings({
  exception: { scope, state },
  teamName,
}: {
  readonly exception: Exception;
  readonly teamName: TeamName;
}) {
  const filter = scopeFilter(scope, teamName);
  if (scope.finding !== undefined)
    return (
      <Link to="/findings" search={{ filter: '', open: scope.finding }} className="text-link hover:underline">
        The finding
      </Link>
    );
  const isInForce = state === 'approved' || state === 'expiring';
  return (
    <Link
      to="/findings"
      search={{ filter: isInForce ? `is:excepted ${filter}` : `is:open ${filter}` }}
      className="text-link hover:underline"
    >
      {isInForce ? 'What it hides' : 'What it would be for'}
    </Link>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function History({ id }: { readonly id: string }) {
  const me = useMe();
  const query = useQuery({
    queryKey: ['exceptions', 'events', id],
    queryFn: ({ signal }) => call('listExceptionEvents', { params: { id } }, { signal }),
  });
  const [text, setText] = useState('');
  const comment = useMutation({
    mutationFn: () => call('addExceptionComment', { params: { id }, body: { text } }),
    onSuccess: () => {
      setText('');
      void queryClient.invalidateQueries({ queryKey: ['exceptions', 'events', id] });
    },
  });
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-semibold">History</h3>
      {may(me, 'exceptions:request') && (
        <form
          className="flex flex-col items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') comment.mutate();
          }}
        >
          <div className="w-full">
            <TextAreaField
              label="Comment"
              rows={2}
              maxLength={10_000}
              error={comment.error ? wordsOf(comment.error) : undefined}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          </div>
          <Button type="submit" isBusy={comment.isPending} disabled={text.trim() === ''}>
            Comment
          </Button>
        </form>
      )}
      <Loaded query={query} rows={3}>
        {({ items }) => <Timeline entries={items.map(entryOf)} />}
      </Loaded>
    </section>
  );
}

const WHAT: ReadonlyMap<string, readonly [TimelineEntry['icon'], string]> = new Map([
  ['draft', ['plus', 'wrote it']],
  ['requested', ['plus', 'asked for it']],
  ['approval', ['check', 'approved it; more approvals are needed']],
  ['approved', ['check', 'approved it']],
  ['rejected', ['close', 'rejected it']],
  ['revoked', ['close', 'revoked it']],
  ['renewed', ['refresh', 'replaced it by its renewal']],
  ['expired', ['clock', 'ended it: its time was over']],
  ['expiring', ['clock', 'reminded of its end']],
  ['commented', ['comment', 'commented']],
]);

function entryOf(
  {
    at,
    by,
    kind,
    details,
  }: { readonly at: string; readonly by: string; readonly kind: string; readonly details?: unknown },
  index: number,
): TimelineEntry {
  const [icon, what] = WHAT.get(kind) ?? ['clock', kind];
  const members = new Map(Object.entries(typeof details === 'object' && details !== null ? details : {}));
  const words = [members.get('text'), members.get('comment')].find((one) => typeof one === 'string' && one !== '');
  const count = members.get('findings');
  const detail = [
    ...(typeof words === 'string' ? [words] : []),
    ...(typeof count === 'number' && count > 0 ? [`${count} ${count === 1 ? 'finding' : 'findings'}`] : []),
  ].join(' · ');
  return { id: `${at} ${index}`, at, by, icon, what, ...(detail !== '' && { detail }) };
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, faultOf, wordsOf } from '../../../api/api.ts';
import type { RequestOf } from '../../../api/client.ts';
import { queryClient } from '../../../api/queries.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { day } from '../../../components/duration.ts';
import { SelectField, TextAreaField, TextField } from '../../../components/field.tsx';
import { Skeleton } from '../../../components/skeleton.tsx';
import { tell } from '../../../components/toast.tsx';
import { reasons } from '../../exceptions/words.ts';
import { refreshFindings } from '../change.ts';
import type { Finding } from '../data.ts';

type Body = RequestOf<'requestException'>['body'];
type Scope = Body['scope'];

const DAY_MS = 86_400_000;

interface ScopeChoice {
  readonly label: string;
  readonly scope: Scope;
}

/** From the narrowest on. `*` in a name of ours would be a pattern: then only the finding itself can be named. */
function scopesOf(findings: readonly Finding[]): readonly ScopeChoice[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { id, kind, rule, asset, team } = first;
  const one: ScopeChoice = { label: 'This finding', scope: { finding: id } };
  const assetKind = (['repository', 'host', 'project', 'workload'] as const).find((known) => known === asset.kind);
  const isPlain = !/[[\]{}\\*?]/.test(rule + asset.name);
  return [
    ...(findings.length === 1 ? [one] : []),
    ...(isPlain && assetKind && findings.length === 1
      ? [{ label: `${rule} in ${asset.name}`, scope: { kind, rule, assets: { kind: assetKind, name: asset.name } } }]
      : []),
    ...(isPlain && team !== null
      ? [{ label: `${rule} in everything of ${team.name}`, scope: { kind, rule, team: team.id } }]
      : []),
    ...(isPlain ? [{ label: `${rule} everywhere`, scope: { kind, rule } }] : []),
  ];
}

/** Asks that findings of one rule need not be mended for a while; says first what that would hide. */
export function ExceptionDialog({
  findings,
  onClose,
}: {
  readonly findings: readonly Finding[];
  readonly onClose: () => void;
}) {
  const scopes = scopesOf(findings);
  const [chosen, setChosen] = useState(0);
  const [reason, setReason] = useState<Body['reason']>('risk-accepted');
  const [explanation, setExplanation] = useState('');
  const [until, setUntil] = useState<string>();
  const scope = scopes[chosen]?.scope;
  const preview = useQuery({
    queryKey: ['exceptions', 'preview', scope],
    queryFn: ({ signal }) => call('previewException', { body: { scope: scope ?? {} } }, { signal }),
    enabled: scope !== undefined,
  });
  const latest = preview.data && day(new Date(Date.now() + preview.data.maxDays * DAY_MS - 60_000));
  const end = until ?? latest ?? '';
  const request = useMutation({
    mutationFn: (body: Body) => call('requestException', { body }),
    onSuccess: () => {
      onClose();
      tell('Exception requested: somebody else has to approve it');
      void queryClient.invalidateQueries({ queryKey: ['exceptions'] });
      refreshFindings(findings.map(({ id }) => id));
    },
  });
  if (scope === undefined) return null;
  const submit = () =>
    request.mutate({ scope, reason, explanation, expiresAt: endOf(end, preview.data?.maxDays ?? 1) });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Request an exception"
      about="The finding is not open while it holds, and opens by itself when it ends. It is never deleted."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            isBusy={request.isPending}
            disabled={explanation.trim() === '' || end === ''}
            onClick={submit}
          >
            Request
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <SelectField
          label="For"
          value={String(chosen)}
          onChange={(event) => setChosen(Number(event.target.value))}
          options={scopes.map(({ label }, index) => ({ value: String(index), label }))}
        />
        <Preview preview={preview.data} error={preview.error} />
        <SelectField
          label="Reason"
          value={reason}
          onChange={(event) => setReason(reasons.find(({ value }) => value === event.target.value)?.value ?? reason)}
          options={reasons}
        />
        <TextAreaField
          label="Explanation"
          rows={3}
          maxLength={4000}
          hint="What makes it so. Whoever approves it, and whoever audits it, reads this."
          error={faultOf(request.error, 'explanation')}
          value={explanation}
          onChange={(event) => setExplanation(event.target.value)}
        />
        <TextField
          label="Until"
          type="date"
          max={latest}
          value={end}
          error={faultOf(request.error, 'expiresAt')}
          hint={latest && `At most until ${latest}.`}
          onChange={(event) => setUntil(event.target.value)}
        />
        {request.error && (
          <p role="alert" className="text-bad">
            {wordsOf(request.error)}
          </p>
        )}
      </div>
    </Dialog>
  );
}

/** The end of the day, unless that would be later than may be. */
function endOf(date: string, maxDays: number): string {
  const latest = Date.now() + maxDays * DAY_MS - 60_000;
  return new Date(Math.min(Date.parse(`${date}T23:59:59Z`), latest)).toISOString();
}

function Preview({
  preview,
  error,
}: {
  readonly preview:
    | {
        readonly findings: number;
        readonly worst: string;
        readonly approvalsNeeded: number;
        readonly counts: readonly { readonly team: string | null }[];
      }
    | undefined;
  readonly error: Error | null;
}) {
  if (error) return <p className="text-bad">{wordsOf(error)}</p>;
  if (preview === undefined) return <Skeleton className="w-2/3" />;
  const teams = new Set(preview.counts.map(({ team }) => team)).size;
  return (
    <p className="rounded-m bg-sunken px-3 py-2">
      It would hide <strong>{preview.findings.toLocaleString('en')}</strong>{' '}
      {preview.findings === 1 ? 'finding' : 'findings'}
      {teams > 1 && ` in ${teams} teams`}, the worst {preview.worst}.{' '}
      {preview.approvalsNeeded === 1 ? 'One other person' : `${preview.approvalsNeeded} other people`} must approve.
    </p>
  );
}

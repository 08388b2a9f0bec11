import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, faultOf, wordsOf } from '../../api/api.ts';
import { teamsQuery } from '../../api/lists.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { day } from '../../components/duration.ts';
import { Checkbox, SelectField, TextAreaField, TextField } from '../../components/field.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { capital, severities } from '../../components/severity.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { tell } from '../../components/toast.tsx';
import { byTeam, type TeamCounts } from './by-team.ts';
import { type Reason, reasons, type Scope } from './words.ts';

const DAY_MS = 86_400_000;
const KINDS = ['vulnerability', 'secret', 'malware', 'misconfiguration', 'licence', 'runtime'] as const;
const ASSETS = ['repository', 'workload', 'host', 'project'] as const;

interface Draft {
  readonly kind: string;
  readonly rule: string;
  readonly package: string;
  readonly assetKind: string;
  readonly asset: string;
  readonly team: string;
}

const EMPTY: Draft = { kind: '', rule: '', package: '', assetKind: 'repository', asset: '', team: '' };

/** What was filled in, as a scope; undefined while it says nothing. */
function scopeOf({ kind, rule, package: name, assetKind, asset, team }: Draft): Scope | undefined {
  if (rule.trim() === '' && name.trim() === '') return undefined;
  const known = ASSETS.find((one) => one === assetKind);
  return {
    ...(kind !== '' && { kind }),
    ...(rule.trim() !== '' && { rule: rule.trim() }),
    ...(name.trim() !== '' && { package: name.trim() }),
    ...(asset.trim() !== '' && known && { assets: { kind: known, name: asset.trim() } }),
    ...(team !== '' && { team }),
  };
}

/** Asks for an exception by a rule or a package, and shows what it would hide before it is asked for. */
export function RequestDialog({
  onClose,
  onDone,
}: {
  readonly onClose: () => void;
  readonly onDone: (id: string) => void;
}) {
  const [draft, setDraft] = useState(EMPTY);
  const [looked, setLooked] = useState<Scope>();
  const [reason, setReason] = useState<Reason>('risk-accepted');
  const [explanation, setExplanation] = useState('');
  const [until, setUntil] = useState<string>();
  const [isDraft, setIsDraft] = useState(false);
  const preview = usePreview(looked);
  const latest = preview.data && day(new Date(Date.now() + preview.data.maxDays * DAY_MS - 60_000));
  const end = until ?? latest ?? '';
  const request = useMutation({
    mutationFn: (scope: Scope) =>
      call('requestException', {
        body: {
          scope,
          reason,
          explanation,
          draft: isDraft,
          expiresAt: new Date(
            Math.min(Date.parse(`${end}T23:59:00Z`), Date.now() + (preview.data?.maxDays ?? 1) * DAY_MS - 60_000),
          ).toISOString(),
        },
      }),
    onSuccess: ({ id }) => {
      tell(isDraft ? 'Draft kept' : 'Exception requested: somebody else has to approve it');
      void queryClient.invalidateQueries({ queryKey: ['exceptions'] });
      onDone(id);
    },
  });
  const scope = scopeOf(draft);
  const look = () => setLooked(scope);
  return (
    <Dialog
      isOpen
      width="l"
      onClose={onClose}
      title="Request an exception"
      about="Say what it is for, look at what it would hide, and explain it to whoever approves it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            isBusy={request.isPending}
            disabled={looked === undefined || explanation.trim() === '' || end === '' || preview.data === undefined}
            onClick={() => looked && request.mutate(looked)}
          >
            {isDraft ? 'Keep as draft' : 'Request'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ScopeFields draft={draft} onChange={setDraft} onLeave={look} />
        {looked === undefined ? (
          <p className="rounded-m bg-sunken px-3 py-2 text-muted">
            Give a rule (CVE-2024-1234, or the name of a check) or a package to see what it would hide.
          </p>
        ) : (
          <Preview query={preview} />
        )}
        <SelectField
          label="Reason"
          value={reason}
          onChange={({ target }) => setReason(reasons.find(({ value }) => value === target.value)?.value ?? reason)}
          options={reasons}
        />
        <TextAreaField
          label="Explanation"
          rows={3}
          maxLength={4000}
          hint="What makes it so. Whoever approves it, and whoever audits it, reads this."
          error={faultOf(request.error, 'explanation')}
          value={explanation}
          onChange={({ target }) => setExplanation(target.value)}
        />
        <TextField
          label="Until"
          type="date"
          max={latest}
          value={end}
          hint={latest && `At most until ${latest}, for the worst of these findings.`}
          error={faultOf(request.error, 'expiresAt')}
          onChange={({ target }) => setUntil(target.value)}
        />
        <Checkbox
          label="Keep it as a draft"
          hint="Nobody is asked yet."
          checked={isDraft}
          onChange={({ target }) => setIsDraft(target.checked)}
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

function usePreview(scope: Scope | undefined) {
  return useQuery({
    queryKey: ['exceptions', 'preview', scope],
    queryFn: ({ signal }) => call('previewException', { body: { scope: scope ?? {} } }, { signal }),
    enabled: scope !== undefined,
  });
}

function ScopeFields({
  draft,
  onChange,
  onLeave,
}: {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  /** The preview is made anew when somebody is done with a field, not with every letter. */
  readonly onLeave: () => void;
}) {
  const teams = useQuery(teamsQuery).data ?? [];
  const set = (name: keyof Draft) => ({
    value: draft[name],
    onBlur: onLeave,
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ ...draft, [name]: target.value }),
  });
  return (
    <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
      <TextField label="Rule" placeholder="CVE-2024-1234 or private-key" {...set('rule')} />
      <TextField label="Package" placeholder="openssl" hint="Optional. * stands for any letters." {...set('package')} />
      <SelectField
        label="Kind of finding"
        options={[{ value: '', label: 'Any' }, ...KINDS.map((value) => ({ value, label: value }))]}
        {...set('kind')}
      />
      <SelectField
        label="Team"
        options={[{ value: '', label: 'All teams' }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
        {...set('team')}
      />
      <SelectField label="Only in" options={ASSETS.map((value) => ({ value, label: value }))} {...set('assetKind')} />
      <TextField label="Whose name is" placeholder="registry.example/shop/**" hint="Optional." {...set('asset')} />
    </div>
  );
}

function Preview({ query: { data, error } }: { readonly query: ReturnType<typeof usePreview> }) {
  if (error) return <p className="text-bad">{wordsOf(error)}</p>;
  if (data === undefined) return <Skeleton className="w-2/3" />;
  if (data.findings === 0)
    return (
      <p className="rounded-m bg-warn-soft px-3 py-2 text-warn">
        No open finding is like that now. It would hide what comes later.
      </p>
    );
  return (
    <div className="flex flex-col gap-2">
      <p>
        It would hide <strong>{data.findings.toLocaleString('en')}</strong>{' '}
        {data.findings === 1 ? 'finding' : 'findings'}, the worst {data.worst}, for at most {data.maxDays} days.{' '}
        {data.approvalsNeeded === 1 ? 'One other person' : `${data.approvalsNeeded} other people`} must approve.
      </p>
      <PlainTable
        label="What it would hide, by team"
        rows={byTeam(data.counts)}
        idOf={({ team }) => team ?? ''}
        columns={[
          { id: 'team', title: 'Team', cell: ({ team }) => team ?? <span className="text-faint">nobody’s</span> },
          ...severities.map((severity) => ({
            id: severity,
            title: capital(severity),
            align: 'right' as const,
            isWide: severity !== 'critical' && severity !== 'high',
            cell: ({ counts }: TeamCounts) => counts.get(severity)?.toLocaleString('en') ?? '',
          })),
          { id: 'sum', title: 'All', align: 'right', cell: ({ sum }) => <strong>{sum.toLocaleString('en')}</strong> },
        ]}
      />
    </div>
  );
}

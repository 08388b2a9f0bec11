import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, wordsOf } from '../../api/api.ts';
import type { AnswerOf } from '../../api/client.ts';
import { may, useMe } from '../../api/me.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { SeverityMark, severities } from '../../components/severity.tsx';
import { Term } from '../../components/term.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';
import { daysIn, type SlaPolicy, withDays } from './sla-table.ts';

const EXPOSURES = ['internet', 'internal', 'unknown'] as const;
const ROWS = [...severities, 'exploited'] as const;

/** How many days there are to fix what. */
export function Deadlines() {
  const query = useQuery({ queryKey: ['sla'], queryFn: ({ signal }) => call('getSla', undefined, { signal }) });
  return (
    <Section
      title="Deadlines"
      about={
        <>
          How many days there are from when a finding was first seen or opened again (<Term word="SLA" />
          ). Nothing in a field: no date.
        </>
      }
    >
      <Loaded query={query}>{(sla) => <Table key={sla.version} sla={sla} />}</Loaded>
    </Section>
  );
}

function Table({ sla }: { readonly sla: AnswerOf<'getSla'> }) {
  const canWrite = may(useMe(), 'policies:write');
  const [policy, setPolicy] = useState<SlaPolicy>(sla.policy);
  const isChanged = JSON.stringify(policy) !== JSON.stringify(sla.policy);
  const preview = useMutation({ mutationFn: (asked: SlaPolicy) => call('previewSla', { body: { policy: asked } }) });
  const save = useMutation({
    mutationFn: () => call('replaceSla', { body: { version: sla.version, policy } }),
    onSuccess: () => {
      tell('Deadlines changed; due dates follow within minutes');
      void queryClient.invalidateQueries({ queryKey: ['sla'] });
      void queryClient.invalidateQueries({ queryKey: ['findings'] });
    },
  });
  return (
    <div className="flex flex-col gap-4">
      <div tabIndex={0} role="region" aria-label="Deadlines" className="overflow-x-auto">
        <table className="border-collapse text-left">
          <thead className="text-small text-muted">
            <tr>
              <th scope="col" className="pr-6 pb-1 font-normal">
                Severity
              </th>
              {EXPOSURES.map((exposure) => (
                <th key={exposure} scope="col" className="w-32 pr-3 pb-1 font-normal">
                  {exposure === 'internet' ? 'On the internet' : exposure === 'internal' ? 'Inside' : 'Not known'}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ROWS.map((row) => (
              <tr key={row}>
                <th scope="row" className="pr-6 font-normal whitespace-nowrap">
                  {row === 'exploited' ? (
                    <span className="font-medium">Used in attacks, at most</span>
                  ) : (
                    <SeverityMark severity={row} />
                  )}
                </th>
                {EXPOSURES.map((exposure) => (
                  <td key={exposure} className="py-1 pr-3">
                    <input
                      type="number"
                      min={1}
                      max={3650}
                      disabled={!canWrite}
                      aria-label={`Days for ${row}, ${exposure}`}
                      value={daysIn(policy, row, exposure) ?? ''}
                      onChange={({ target }) => {
                        preview.reset();
                        setPolicy(withDays(policy, row, exposure, target.value));
                      }}
                      className="h-8 w-24 rounded-m border border-line-strong bg-surface px-2.5 disabled:text-muted max-md:h-10"
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {preview.data && <PreviewWords preview={preview.data} />}
      {(preview.error || save.error) && (
        <p role="alert" className="text-bad">
          {wordsOf(preview.error ?? save.error)}
        </p>
      )}
      {canWrite && (
        <div className="flex flex-wrap gap-2">
          <Button disabled={!isChanged} isBusy={preview.isPending} onClick={() => preview.mutate(policy)}>
            See what it would move
          </Button>
          <Button
            look="primary"
            disabled={!isChanged || preview.data === undefined}
            isBusy={save.isPending}
            onClick={() => save.mutate()}
          >
            Change
          </Button>
          {isChanged && (
            <Button
              look="quiet"
              onClick={() => {
                preview.reset();
                setPolicy(sla.policy);
              }}
            >
              Undo
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function PreviewWords({
  preview: { findings, earlier, later, unchanged, newlyOverdue },
}: {
  readonly preview: AnswerOf<'previewSla'>;
}) {
  const count = (value: number) => value.toLocaleString('en');
  return (
    <p role="status" className="rounded-m bg-sunken px-3 py-2">
      Of <strong>{count(findings)}</strong> open findings, {count(earlier)} would be due earlier, {count(later)} later
      and {count(unchanged)} as now.{' '}
      {newlyOverdue > 0 ? (
        <strong className="text-bad">{count(newlyOverdue)} would be overdue at once.</strong>
      ) : (
        'None would be overdue at once.'
      )}
    </p>
  );
}

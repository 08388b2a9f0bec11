import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, wordsOf } from '../../api/api.ts';
import type { ItemOf } from '../../api/client.ts';
import { may, useMe } from '../../api/me.ts';
import { queryClient } from '../../api/queries.ts';
import { Button } from '../../components/button.tsx';
import { moment } from '../../components/duration.ts';
import { Loaded } from '../../components/loaded.tsx';
import { SeverityMark, StateMark } from '../../components/severity.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { tell } from '../../components/toast.tsx';
import { evidenceOf } from './evidence.ts';
import type { Incident } from './incidents.ts';

export type Listed = ItemOf<'listFindings'>;

/** One incident: its alerts in the order in which they came, each with the programs behind it. */
export function IncidentPanel({
  incident,
  onClose,
}: {
  readonly incident: Incident<Listed>;
  readonly onClose: () => void;
}) {
  const { asset, alerts, worst, team } = incident;
  return (
    <SidePanel
      label="The incident"
      onClose={onClose}
      header={
        <div className="flex min-w-0 flex-col gap-1">
          <span className="flex items-center gap-2">
            <SeverityMark severity={worst} />
            <span className="text-small text-muted">{team?.name ?? 'nobody'}</span>
          </span>
          <h2 className="truncate text-lead font-semibold">
            <Link className="hover:underline" to="/inventory/$id" params={{ id: asset.id }}>
              {asset.name}
            </Link>
          </h2>
        </div>
      }
    >
      <div
        role="region"
        aria-label="Alerts of the incident"
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 py-4"
      >
        <Acknowledge alerts={alerts} />
        <ol className="flex flex-col">
          {alerts.map((alert) => (
            <li key={alert.id} className="group relative flex gap-3 pb-5 last:pb-0">
              <span className="absolute top-5 bottom-0 left-1 w-px bg-line group-last:hidden" />
              <span className="mt-1.5 size-2 shrink-0 rounded-full bg-line-strong" />
              <AlertStory alert={alert} />
            </li>
          ))}
        </ol>
      </div>
    </SidePanel>
  );
}

/** Takes all alerts that nobody has taken: others see that somebody looks after it. */
function Acknowledge({ alerts }: { readonly alerts: readonly Listed[] }) {
  const me = useMe();
  const [isBusy, setBusy] = useState(false);
  const waiting = alerts.filter(({ state }) => state === 'open');
  if (waiting.length === 0 || !may(me, 'findings:triage')) return null;
  const take = async () => {
    setBusy(true);
    try {
      for (const { id } of waiting)
        await call('changeFinding', { params: { id }, body: { state: 'in-progress', assignee: me.id } });
      tell('You look after it');
    } catch (error) {
      tell(wordsOf(error));
    } finally {
      setBusy(false);
      await queryClient.invalidateQueries({ queryKey: ['findings'] });
    }
  };
  return (
    <div>
      <Button look="primary" isBusy={isBusy} onClick={() => void take()}>
        Acknowledge
      </Button>
    </div>
  );
}

function AlertStory({ alert }: { readonly alert: Listed }) {
  const query = useQuery({
    queryKey: ['findings', 'one', alert.id],
    queryFn: ({ signal }) => call('getFinding', { params: { id: alert.id } }, { signal }),
  });
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
      <p className="text-small text-muted">{moment(new Date(alert.firstSeenAt))}</p>
      <p className="font-medium">
        <Link
          className="hover:underline"
          to="/findings"
          search={{ filter: `kind:runtime rule:"${alert.rule}"`, open: alert.id }}
        >
          {alert.title}
        </Link>
      </p>
      <span className="flex items-center gap-3">
        <SeverityMark severity={alert.severity} />
        <StateMark state={alert.state} />
      </span>
      <Loaded query={query} rows={2}>
        {({ details, occurrences }) => <Evidence details={isEmpty(details) ? occurrences[0]?.details : details} />}
      </Loaded>
    </div>
  );
}

function isEmpty(details: unknown): boolean {
  return typeof details !== 'object' || details === null || Object.keys(details).length === 0;
}

function Evidence({ details }: { readonly details: unknown }) {
  const { processes, output, fields } = evidenceOf(details);
  return (
    <>
      {output !== undefined && <p className="break-words text-muted">{output}</p>}
      {processes.length > 0 && (
        <ul aria-label="Programs" className="flex flex-col gap-0.5 rounded-m bg-sunken px-3 py-2 font-mono text-small">
          {processes.map((program, depth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same program may start itself
            <li key={depth} className="break-all" style={{ paddingLeft: `${depth * 1.25}rem` }}>
              {depth > 0 && <span aria-hidden="true">└ </span>}
              {program}
            </li>
          ))}
        </ul>
      )}
      {fields.length > 0 && (
        <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-small">
          {fields.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="font-mono break-all">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

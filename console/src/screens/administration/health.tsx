import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { call } from '../../api/api.ts';
import type { AnswerOf } from '../../api/client.ts';
import { bytes } from '../../components/bytes.ts';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Stat } from '../../components/stat.tsx';
import { Ago } from '../../components/time.tsx';
import { Section } from '../../shell/page.tsx';

type System = AnswerOf<'getSystem'>;

/** Whether the server does its work, and how old what it knows is. */
export function Health() {
  const query = useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => call('getSystem', undefined, { signal }),
    refetchInterval: 15_000,
  });
  return (
    <Loaded query={query}>
      {(system) => (
        <>
          <Section title="System health" about={`Plimsoll ${system.version}, renewed every 15 seconds.`}>
            <Figures system={system} />
          </Section>
          <Section title="What it knows, and from when" about="Advisories and lists that findings are made from.">
            <Sources sources={system.sources} />
          </Section>
          <Section title="Where it runs">
            <Facts system={system} />
          </Section>
        </>
      )}
    </Loaded>
  );
}

function Figures({ system: { jobs, outbox, deliveries, disk } }: { readonly system: System }) {
  const late = jobs.oldestDueSeconds > 120;
  return (
    <div className="grid grid-cols-4 gap-3 max-lg:grid-cols-2">
      <Stat
        label="Jobs waiting"
        value={jobs.waiting.toLocaleString('en')}
        {...(late && { look: 'warn' as const })}
        detail={late ? `the oldest since ${Math.round(jobs.oldestDueSeconds / 60)} min` : `${jobs.running} at work`}
      />
      <Stat
        label="Jobs given up"
        value={jobs.dead.toLocaleString('en')}
        {...(jobs.dead > 0 && { look: 'bad' as const })}
        detail={jobs.dead > 0 ? 'the log of the server says why' : 'none'}
      />
      <Stat
        label="Messages given up"
        value={deliveries.dead.toLocaleString('en')}
        {...(deliveries.dead > 0 && { look: 'bad' as const })}
        link={(figure) => (
          <Link
            to="/administration/$section"
            params={{ section: 'messages' }}
            search={{ state: 'dead' }}
            className="hover:underline"
          >
            {figure}
          </Link>
        )}
        detail={`${deliveries.waiting + deliveries.gathering} on their way, ${outbox.unrouted} events to be told`}
      />
      <Stat
        label="Room on disk"
        value={disk ? bytes(disk.freeBytes) : 'not known'}
        {...(disk && disk.freeBytes < disk.totalBytes / 10 && { look: 'warn' as const })}
        detail={disk && `of ${bytes(disk.totalBytes)}`}
      />
    </div>
  );
}

function Sources({ sources }: { readonly sources: System['sources'] }) {
  return (
    <PlainTable
      label="Data sources"
      rows={sources}
      idOf={({ name }) => name}
      empty="No feed was read yet. The server looks for advisories of what it has in its inventory; plimsoll serve --help says how to name a mirror."
      columns={[
        { id: 'name', title: 'Source', cell: ({ name }) => <span className="font-medium">{name}</span> },
        { id: 'checked', title: 'Asked', cell: ({ checkedAt }) => (checkedAt ? <Ago at={checkedAt} /> : 'never') },
        {
          id: 'applied',
          title: 'Applied to the inventory',
          cell: ({ appliedAt }) => (appliedAt ? <Ago at={appliedAt} /> : 'not yet'),
        },
      ]}
    />
  );
}

function Facts({ system: { node, role, startedAt, database } }: { readonly system: System }) {
  return (
    <dl className="grid grid-cols-[10rem_1fr] gap-y-1.5">
      <Fact name="Role">{role === 'all' ? 'everything in one process' : role}</Fact>
      <Fact name="Started">{startedAt ? <Ago at={startedAt} /> : 'not known'}</Fact>
      <Fact name="Node">{node}</Fact>
      <Fact name="PostgreSQL">
        {database.version}, {bytes(database.bytes)}, {database.connections} connections
      </Fact>
      <Fact name="Tables">{database.migration}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

import { Chip } from '../../components/chip.tsx';
import type { Column } from '../../components/data-table.tsx';
import { glossary } from '../../components/glossary.ts';
import { Icon } from '../../components/icon.tsx';
import { capital, SeverityMark, StateMark } from '../../components/severity.tsx';
import { Term } from '../../components/term.tsx';
import { Ago, Due } from '../../components/time.tsx';
import type { Finding } from './data.ts';

/** What the finding is in: the end of a name says most, so it comes first. */
function AssetName({ asset }: { readonly asset: Finding['asset'] }) {
  const parts = asset.name.split('/');
  const start = parts.slice(0, -2).join('/');
  return (
    <span title={`${asset.kind} ${asset.name}`}>
      {parts.slice(-2).join('/')}
      {start !== '' && <span className="ml-1.5 text-small text-faint">{start}</span>}
    </span>
  );
}

function isOpen({ state }: Finding): boolean {
  return state === 'open' || state === 'in-progress';
}

export function FindingDue({ finding }: { readonly finding: Finding }) {
  if (finding.fixedAt !== null)
    return (
      <span className="text-muted">
        fixed <Ago at={finding.fixedAt} />
      </span>
    );
  return isOpen(finding) ? <Due at={finding.dueAt} /> : <span className="text-faint">–</span>;
}

export function Exploited({ isShort = false }: { readonly isShort?: boolean }) {
  if (isShort)
    return (
      <span title="Exploited in attacks" className="text-bad">
        <Icon name="fire" className="inline size-3.5" />
        <span className="sr-only">exploited</span>
      </span>
    );
  return (
    <Chip look="bad">
      <Icon name="fire" className="-ml-0.5 inline size-3" /> exploited
    </Chip>
  );
}

/** Every column that there is; `isShown`: until somebody chooses. `isTight`: a story takes some of the room. */
export function columnsFor(
  me: string,
  isTight: boolean,
): readonly (Column<Finding> & { readonly name: string; readonly isShown: boolean })[] {
  return [
    {
      id: 'severity',
      name: 'Severity',
      title: 'Severity',
      width: '6.25rem',
      sort: 'severity',
      isShown: true,
      cell: ({ severity }) => <SeverityMark severity={severity} />,
    },
    {
      id: 'title',
      name: 'Finding',
      title: 'Finding',
      width: 'minmax(13rem,2fr)',
      isShown: true,
      cell: (finding) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate" title={finding.title}>
            {finding.title}
          </span>
          {finding.isExploited && <Exploited isShort />}
          {finding.reopened > 0 && !isTight && <Chip look="warn">reopened</Chip>}
        </span>
      ),
    },
    {
      id: 'rule',
      name: 'Rule',
      title: 'Rule',
      width: '9.5rem',
      isShown: false,
      cell: ({ rule }) => <span className="font-mono text-small text-muted">{rule}</span>,
    },
    {
      id: 'asset',
      name: 'Asset',
      title: <Term word="Asset" />,
      width: 'minmax(9rem,1.2fr)',
      isShown: true,
      cell: ({ asset }) => <AssetName asset={asset} />,
    },
    {
      id: 'team',
      name: 'Team',
      title: 'Team',
      width: '7rem',
      isShown: true,
      cell: ({ team }) => team?.name ?? <span className="text-warn">nobody</span>,
    },
    {
      id: 'state',
      name: 'State',
      title: 'State',
      width: '7.5rem',
      isShown: true,
      cell: ({ state }) => <StateMark state={state} />,
    },
    {
      id: 'due',
      name: 'Due',
      title: 'Due',
      width: '7.5rem',
      sort: 'due',
      isShown: true,
      cell: (finding) => <FindingDue finding={finding} />,
    },
    {
      id: 'rank',
      name: 'Rank',
      title: 'Rank',
      about: glossary.Rank,
      width: '4.5rem',
      sort: 'rank',
      align: 'right',
      isShown: false,
      cell: ({ rank }) => rank.toFixed(0),
    },
    {
      id: 'seen',
      name: 'First seen',
      title: 'First seen',
      width: '6.5rem',
      sort: 'seen',
      isShown: false,
      cell: ({ firstSeenAt }) => <Ago at={firstSeenAt} />,
    },
    { id: 'kind', name: 'Kind', title: 'Kind', width: '8rem', isShown: false, cell: ({ kind }) => capital(kind) },
    {
      id: 'subject',
      name: 'Package or place',
      title: 'Package or place',
      width: 'minmax(10rem,1fr)',
      isShown: false,
      cell: ({ subject }) => <span className="font-mono text-small">{subject}</span>,
    },
    {
      id: 'assignee',
      name: 'Assignee',
      title: 'Assignee',
      width: '7rem',
      isShown: false,
      cell: ({ assignee }) =>
        assignee === null ? <span className="text-faint">nobody</span> : assignee === me ? 'you' : 'somebody else',
    },
  ];
}

/** A finding on a phone. */
export function FindingCard({ finding, isSelected }: { readonly finding: Finding; readonly isSelected: boolean }) {
  return (
    <div className="flex flex-col gap-0.5">
      <div className="flex items-center gap-3">
        <SeverityMark severity={finding.severity} />
        {finding.isExploited && <Exploited />}
        <span className="ml-auto text-small text-muted">
          {isSelected ? 'selected' : <FindingDue finding={finding} />}
        </span>
      </div>
      <div className="truncate font-medium">{finding.title}</div>
      <div className="truncate text-small text-muted">
        <AssetName asset={finding.asset} /> · {finding.rule}
      </div>
    </div>
  );
}

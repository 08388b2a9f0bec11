import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../api/api.ts';
import { SeverityMark } from '../../components/severity.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { Section } from '../../shell/page.tsx';
import { Exploited, FindingDue } from '../findings/columns.tsx';
import { countQuery, type Finding } from '../findings/data.ts';
import type { InboxGroup } from './groups.ts';

const FEW = 6;

/** The first of one group, and the way to all of them. */
export function Group({ group }: { readonly group: InboxGroup }) {
  const { filter, sort } = group;
  const found = useQuery({
    queryKey: ['inbox', filter, sort],
    queryFn: ({ signal }) => call('listFindings', { search: { filter, sort, limit: FEW } }, { signal }),
  });
  const counted = useQuery(countQuery(filter)).data;
  const items = found.data?.items ?? [];
  const count = counted?.count ?? items.length;
  return (
    <Section
      title={group.title}
      actions={
        count > items.length && (
          <Link to="/findings" search={{ filter, sort }} className="rounded-s text-link hover:underline">
            All {count.toLocaleString('en')}
            {counted?.isMore && '+'}
          </Link>
        )
      }
    >
      {found.isPending ? (
        <Skeleton className="h-16" />
      ) : items.length === 0 ? (
        <p className="text-muted">
          {found.error ? 'It could not be read; the list of findings may say why.' : group.none}
        </p>
      ) : (
        <ul className="overflow-hidden rounded-l border border-line bg-surface">
          {items.map((finding) => (
            <Row key={finding.id} finding={finding} group={group} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Row({ finding, group: { filter, sort } }: { readonly finding: Finding; readonly group: InboxGroup }) {
  return (
    <li className="border-b border-line last:border-0">
      <Link
        data-row=""
        to="/findings"
        search={{ filter, sort, open: finding.id }}
        className="flex min-h-9 items-center gap-x-4 gap-y-0.5 px-4 py-1.5 hover:bg-hover focus-visible:-outline-offset-2 max-md:flex-wrap max-md:py-2.5"
      >
        <span className="w-20 shrink-0">
          <SeverityMark severity={finding.severity} />
        </span>
        <span className="flex min-w-0 flex-1 items-center gap-2 max-md:order-last max-md:basis-full">
          <span className="truncate">{finding.title}</span>
          {finding.isExploited && <Exploited />}
        </span>
        <span className="w-56 shrink-0 truncate text-right text-muted max-lg:hidden">
          {finding.asset.name.split('/').slice(-2).join('/')}
        </span>
        <span className="w-28 shrink-0 text-right max-md:ml-auto">
          <FindingDue finding={finding} />
        </span>
      </Link>
    </li>
  );
}

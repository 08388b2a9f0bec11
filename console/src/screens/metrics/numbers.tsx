import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { teamsQuery } from '../../api/lists.ts';
import { ChartFrame } from '../../components/chart-frame.tsx';
import { classNames } from '../../components/class-names.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { LineChart } from '../../components/line-chart.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { Ago } from '../../components/time.tsx';
import { PageBody, Section } from '../../shell/page.tsx';
import { metricsQuery, seriesQuery } from './data.ts';
import type { PartProps } from './metrics.tsx';
import { DEFAULT_WINDOW } from './search.ts';
import { basisWords, isBetter, type Metric, unitWords, valueWords } from './words.ts';

/** All numbers at a glance, and the course of the one that was chosen. */
export function Numbers({ search, onGo }: PartProps) {
  const window = search.window ?? DEFAULT_WINDOW;
  const query = useQuery(metricsQuery(search.team, window));
  return (
    <PageBody>
      <Loaded query={query}>
        {({ metrics, countedAt }) =>
          countedAt === null ? (
            <NothingCounted />
          ) : (
            <>
              <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
                {metrics.map((metric) => (
                  <MetricCard
                    key={metric.id}
                    metric={metric}
                    isChosen={metric.id === (search.metric ?? metrics[0]?.id)}
                    onChoose={() => onGo({ ...search, metric: metric.id })}
                  />
                ))}
              </div>
              <Course
                metric={metrics.find(({ id }) => id === search.metric) ?? metrics[0]}
                team={search.team}
                window={window}
              />
              <p className="text-small text-muted">
                Counted <Ago at={countedAt} />, over the last {window} days, of what you may see. A dash means that it
                is not known: it is never counted as good.
              </p>
            </>
          )
        }
      </Loaded>
    </PageBody>
  );
}

function NothingCounted() {
  return (
    <EmptyState icon="metrics" title="Nothing was counted yet">
      <p>
        The numbers are counted once a day from the findings and their history. They are here tomorrow, or when the
        first report is a day old.
      </p>
    </EmptyState>
  );
}

function MetricCard({
  metric,
  isChosen,
  onChoose,
}: {
  readonly metric: Metric;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      className={classNames(
        'flex min-w-0 flex-col gap-0.5 rounded-l border bg-surface px-4 py-3 text-left hover:bg-hover',
        isChosen ? 'border-accent' : 'border-line',
      )}
    >
      <span className="text-small text-muted">{metric.title}</span>
      <span className="text-figure font-semibold tracking-tight">{valueWords(metric.value, metric.unit)}</span>
      <span className="text-small text-muted">{basisWords(metric)}</span>
    </button>
  );
}

function Course({
  metric,
  team,
  window,
}: {
  readonly metric: Metric | undefined;
  readonly team: string | undefined;
  readonly window: number;
}) {
  if (metric === undefined) return null;
  return (
    <Section
      title={metric.title}
      about={metric.about}
      actions={
        metric.filter !== null && (
          <Link className="text-link hover:underline" to="/findings" search={{ filter: metric.filter }}>
            The findings behind it
          </Link>
        )
      }
    >
      <div className="grid gap-3 lg:grid-cols-[2fr_1fr]">
        <Trend key={metric.id} metric={metric} team={team} window={window} />
        <ByTeam metric={metric} team={team} window={window} />
      </div>
    </Section>
  );
}

interface CourseProps {
  readonly metric: Metric;
  readonly team: string | undefined;
  readonly window: number;
}

function Trend({ metric, team, window }: CourseProps) {
  const query = useQuery(seriesQuery(metric.id, team, window));
  const points = query.data?.series[0]?.points;
  if (query.error || points === undefined) return <Loaded query={query}>{() => <SkeletonRows rows={5} />}</Loaded>;
  const known = points.filter(({ value }) => value !== null);
  const better = isBetter(known[0]?.value ?? null, known.at(-1)?.value ?? null, metric.better);
  const change = better === undefined ? 'unchanged, or not known' : better ? 'got better' : 'got worse';
  return (
    <ChartFrame
      title="The last 90 days"
      about={`In ${unitWords[metric.unit]}, each day over the ${window} days before it; ${metric.better} is better: ${change}.`}
      chart={
        <LineChart
          days={points.map(({ day }) => day)}
          lines={[{ label: metric.title, values: points.map(({ value }) => value), colour: '--accent' }]}
          format={metric.unit === 'share' ? asShare : asNumber}
        />
      }
      table={{
        head: ['Day', metric.title, 'Of', 'Unknown'],
        rows: points
          .toReversed()
          .map(({ day, value, denominator, unknown }) => [
            day,
            valueWords(value, metric.unit),
            String(denominator),
            String(unknown),
          ]),
      }}
    />
  );
}

// Made once: a chart is drawn anew when its way of writing figures changes.
const asShare = (value: number) => valueWords(value, 'share');
const asNumber = (value: number) =>
  value >= 10_000 ? `${Math.round(value / 1000)}k` : String(Math.round(value * 10) / 10);

function ByTeam({ metric, team, window }: CourseProps) {
  const query = useQuery(metricsQuery(team, window, 'team'));
  return (
    <Loaded query={query}>
      {({ metrics }) => {
        const groups = metrics.find(({ id }) => id === metric.id)?.groups ?? [];
        return (
          <PlainTable
            label={`${metric.title} by team`}
            columns={[
              {
                id: 'team',
                title: 'Team',
                cell: ({ group, filter }) => <GroupName group={group} filter={filter} />,
              },
              { id: 'value', title: metric.title, align: 'right', cell: ({ value }) => valueWords(value, metric.unit) },
              { id: 'of', title: 'Of', align: 'right', cell: ({ denominator }) => denominator.toLocaleString('en') },
            ]}
            rows={groups}
            idOf={({ group }) => group ?? ''}
            empty="Nothing is known by team."
          />
        );
      }}
    </Loaded>
  );
}

function GroupName({ group, filter }: { readonly group: string | null; readonly filter: string | null }) {
  const name = useTeamName(group);
  return filter === null ? (
    name
  ) : (
    <Link className="text-link hover:underline" to="/findings" search={{ filter }}>
      {name}
    </Link>
  );
}

function useTeamName(id: string | null): string {
  const teams = useQuery(teamsQuery).data;
  if (id === null) return 'nobody';
  return teams?.find((team) => team.id === id)?.name ?? 'another team';
}

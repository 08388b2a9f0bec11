import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { may, useMe } from '../../api/me.ts';
import { Button } from '../../components/button.tsx';
import { ChartFrame } from '../../components/chart-frame.tsx';
import { Chip } from '../../components/chip.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { day } from '../../components/duration.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { LineChart } from '../../components/line-chart.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Progress } from '../../components/progress.tsx';
import { PageBody, Section } from '../../shell/page.tsx';
import { metricsQuery, objectiveQuery, objectivesQuery } from './data.ts';
import type { PartProps } from './metrics.tsx';
import { ObjectiveDialog } from './objective-dialog.tsx';
import { type Metric, type Objective, objectiveStates, valueWords } from './words.ts';

/** What is to be reached by when, written down before it is asked of anybody. */
export function Objectives({ search, onGo }: PartProps) {
  const query = useQuery(objectivesQuery);
  const metrics = useQuery(metricsQuery(undefined, 30)).data?.metrics ?? [];
  const [isAdding, setAdding] = useState(false);
  const canAdd = may(useMe(), 'objectives:write');
  const add = canAdd && (
    <Button icon="plus" onClick={() => setAdding(true)}>
      Add an objective
    </Button>
  );
  return (
    <PageBody>
      <Loaded query={query}>
        {(objectives) =>
          objectives.length === 0 ? (
            <EmptyState icon="metrics" title="No objectives yet" action={add}>
              <p>
                An objective is one of the numbers, a target and a date, with an owner. Each week it is checked against
                what is counted, and says whether it is on track.
              </p>
            </EmptyState>
          ) : (
            <Section title="Objectives" about="Each is checked once a week against what is counted" actions={add}>
              <ul className="flex flex-col gap-2">
                {objectives.map((objective) => (
                  <ObjectiveRow
                    key={objective.id}
                    objective={objective}
                    metric={metrics.find(({ id }) => id === objective.metric)}
                    isOpen={search.open === objective.id}
                    onToggle={() =>
                      onGo({ tab: 'objectives', ...(search.open !== objective.id && { open: objective.id }) })
                    }
                  />
                ))}
              </ul>
            </Section>
          )
        }
      </Loaded>
      {isAdding && <ObjectiveDialog metrics={metrics} onClose={() => setAdding(false)} />}
    </PageBody>
  );
}

interface RowProps {
  readonly objective: Objective;
  readonly metric: Metric | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function ObjectiveRow({ objective, metric, isOpen, onToggle }: RowProps) {
  const { title, team, owner, baseline, target, value, expected, progress, state, endsOn } = objective;
  const unit = metric?.unit ?? 'findings';
  const { label, look } = objectiveStates[state];
  return (
    <Disclosure
      className="grid items-center md:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_7rem]"
      isOpen={isOpen}
      onToggle={onToggle}
      head={
        <>
          <span className="min-w-0">
            <span className="block truncate font-medium">{title}</span>
            <span className="block truncate text-small text-muted">
              {metric?.title ?? objective.metric} · {team?.name ?? 'all teams'} · {owner.name} · until{' '}
              {day(new Date(endsOn))}
            </span>
          </span>
          <Progress
            progress={progress}
            words={`${valueWords(value, unit)} now; from ${valueWords(baseline, unit)} to ${valueWords(target, unit)}; ${valueWords(expected, unit)} by today`}
          />
          <span className="md:text-right">
            <Chip look={look}>{label}</Chip>
          </span>
        </>
      }
    >
      <CheckIns id={objective.id} unit={unit} target={target} />
    </Disclosure>
  );
}

function CheckIns({
  id,
  unit,
  target,
}: {
  readonly id: string;
  readonly unit: Metric['unit'];
  readonly target: number;
}) {
  const query = useQuery(objectiveQuery(id));
  return (
    <div>
      <Loaded query={query} rows={3}>
        {({ checkIns }) => {
          const weeks = checkIns.toReversed();
          if (weeks.length === 0) return <p className="px-1 text-muted">The first weekly check-in is still to come.</p>;
          return (
            <ChartFrame
              title="Weekly check-ins"
              about="What was counted, and where a straight line to the target would be."
              chart={
                <LineChart
                  days={weeks.map((one) => one.day)}
                  lines={[
                    { label: 'Counted', values: weeks.map(({ value }) => value), colour: '--accent' },
                    {
                      label: 'Expected',
                      values: weeks.map(({ expected }) => expected),
                      colour: '--muted',
                      isDashed: true,
                    },
                    { label: 'Target', values: weeks.map(() => target), colour: '--good', isDashed: true },
                  ]}
                  format={unit === 'share' ? asShare : asNumber}
                />
              }
              table={{
                head: ['Week', 'Counted', 'Expected', 'State'],
                rows: checkIns.map((one) => [
                  one.day,
                  valueWords(one.value, unit),
                  valueWords(one.expected, unit),
                  objectiveStates[one.state].label,
                ]),
              }}
            />
          );
        }}
      </Loaded>
    </div>
  );
}

const asShare = (value: number) => valueWords(value, 'share');
const asNumber = (value: number) => valueWords(value, 'findings');

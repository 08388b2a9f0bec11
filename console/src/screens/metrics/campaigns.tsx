import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/api.ts';
import { may, useMe } from '../../api/me.ts';
import { Button } from '../../components/button.tsx';
import { ChartFrame } from '../../components/chart-frame.tsx';
import { Chip } from '../../components/chip.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { LineChart } from '../../components/line-chart.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Progress } from '../../components/progress.tsx';
import { Ago } from '../../components/time.tsx';
import { PageBody, Section } from '../../shell/page.tsx';
import { CampaignDialog } from './campaign-dialog.tsx';
import { campaignQuery, campaignsQuery } from './data.ts';
import type { PartProps } from './metrics.tsx';
import type { Campaign } from './words.ts';

/** What everybody is asked to be rid of by a date. */
export function Campaigns({ search, onGo }: PartProps) {
  const query = useQuery(campaignsQuery);
  const [isAdding, setAdding] = useState(false);
  const add = may(useMe(), 'objectives:write') && (
    <Button icon="plus" onClick={() => setAdding(true)}>
      Start a campaign
    </Button>
  );
  return (
    <PageBody>
      <Loaded query={query}>
        {(campaigns) =>
          campaigns.length === 0 ? (
            <EmptyState icon="metrics" title="No campaigns yet" action={add}>
              <p>
                A campaign is a filter, a date and the teams that are asked. They are told, and everybody sees how many
                findings are left.
              </p>
            </EmptyState>
          ) : (
            <Section title="Campaigns" about="What teams are asked to be rid of by a date" actions={add}>
              <ul className="flex flex-col gap-2">
                {campaigns.map((campaign) => (
                  <CampaignRow
                    key={campaign.id}
                    campaign={campaign}
                    isOpen={search.open === campaign.id}
                    onToggle={() =>
                      onGo({ tab: 'campaigns', ...(search.open !== campaign.id && { open: campaign.id }) })
                    }
                  />
                ))}
              </ul>
            </Section>
          )
        }
      </Loaded>
      {isAdding && (
        <CampaignDialog
          onClose={() => setAdding(false)}
          onDone={(id) => {
            setAdding(false);
            onGo({ tab: 'campaigns', open: id });
          }}
        />
      )}
    </PageBody>
  );
}

interface RowProps {
  readonly campaign: Campaign;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function CampaignRow({ campaign, isOpen, onToggle }: RowProps) {
  const { name, teams, accountName, endsAt, closedAt } = campaign;
  const isOver = closedAt !== null || Date.parse(endsAt) < Date.now();
  return (
    <Disclosure
      className="flex flex-wrap items-center"
      isOpen={isOpen}
      onToggle={onToggle}
      head={
        <>
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{name}</span>
            <span className="block truncate text-small text-muted">
              {teams.length === 0 ? 'everybody' : teams.map((team) => team.name).join(', ')} · asked by {accountName}
            </span>
          </span>
          <span className="text-small text-muted">
            {isOver ? 'ended ' : 'ends '}
            <Ago at={closedAt ?? endsAt} />
          </span>
          <Chip look={isOver ? 'plain' : 'good'}>{isOver ? 'Over' : 'Running'}</Chip>
        </>
      }
    >
      <CampaignStory id={campaign.id} isOver={isOver} />
    </Disclosure>
  );
}

function CampaignStory({ id, isOver }: { readonly id: string; readonly isOver: boolean }) {
  const query = useQuery(campaignQuery(id));
  const [isEnding, setEnding] = useState(false);
  const canEnd = may(useMe(), 'objectives:write') && !isOver;
  return (
    <div className="flex flex-col gap-3">
      <Loaded query={query} rows={4}>
        {({ about, filter, progress, burnDown }) => (
          <>
            <div className="flex flex-wrap items-start gap-3">
              <div className="min-w-0 flex-1">
                {about !== '' && <p className="max-w-prose">{about}</p>}
                <Link className="font-mono text-small text-link hover:underline" to="/findings" search={{ filter }}>
                  {filter}
                </Link>
              </div>
              {canEnd && <Button onClick={() => setEnding(true)}>End it now</Button>}
            </div>
            <div className="grid gap-3 lg:grid-cols-2">
              <ChartFrame
                title="What is left"
                about="Findings that were open at the end of each day."
                chart={
                  <LineChart
                    days={burnDown.map((one) => one.day)}
                    lines={[{ label: 'Open', values: burnDown.map(({ open }) => open), colour: '--accent' }]}
                    format={asCount}
                  />
                }
                table={{
                  head: ['Day', 'Open', 'Of'],
                  rows: burnDown.toReversed().map((one) => [one.day, one.open, one.findings]),
                }}
              />
              <PlainTable
                label="By team"
                columns={[
                  { id: 'team', title: 'Team', cell: ({ team }) => team?.name ?? 'nobody' },
                  {
                    id: 'progress',
                    title: 'Done',
                    cell: ({ findings, fixed, decided }) => (
                      <Progress
                        progress={findings === 0 ? null : (fixed + decided) / findings}
                        words={`${fixed} fixed, ${decided} decided of ${findings}`}
                      />
                    ),
                  },
                  { id: 'open', title: 'Left', align: 'right', cell: ({ open }) => open.toLocaleString('en') },
                ]}
                rows={progress}
                idOf={({ team }) => team?.id ?? ''}
                empty="The filter finds nothing that you may see."
              />
            </div>
          </>
        )}
      </Loaded>
      {isEnding && (
        <FormDialog
          title="End the campaign?"
          about="What it was about stays as it is. The teams are not asked any more."
          verb="End it"
          run={() => call('closeCampaign', { params: { id } })}
          done="The campaign is over"
          changes={['campaigns']}
          onClose={() => setEnding(false)}
        />
      )}
    </div>
  );
}

const asCount = (value: number) => value.toLocaleString('en');

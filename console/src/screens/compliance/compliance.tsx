import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { teamsQuery } from '../../api/lists.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Select } from '../../components/field.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page, PageBody } from '../../shell/page.tsx';
import { complianceQuery } from './data.ts';
import { complianceRoute } from './route.ts';
import { StateBar, summaryWords } from './state.tsx';
import type { Assessment } from './words.ts';

/** Which standards hold, by evidence; one set of controls stands behind all of them. */
export function Compliance() {
  const { team } = complianceRoute.useSearch();
  const navigate = useNavigate();
  const query = useQuery(complianceQuery(team));
  return (
    <Page
      title="Compliance"
      about="What standards ask for, and what the evidence says"
      actions={
        <TeamChoice
          team={team}
          onChoose={(chosen) => void navigate({ to: '/compliance', search: chosen ? { team: chosen } : {} })}
        />
      }
    >
      <PageBody>
        <Loaded query={query}>
          {({ assets, assetsLookedAt, frameworks }) => (
            <>
              {assetsLookedAt === 0 && (
                <EmptyState icon="compliance" title="Nothing was looked at yet">
                  <p>
                    Reports of <code>plimsoll scan</code>, <code>audit host docker</code> and <code>audit cluster</code>{' '}
                    that are uploaded are the evidence. Until then, all that a person need not say is not assessed.
                  </p>
                </EmptyState>
              )}
              <p className="text-muted">
                By reports of {assetsLookedAt.toLocaleString('en')} of {assets.toLocaleString('en')} assets, and what
                people say.
              </p>
              <ul className="grid gap-3 lg:grid-cols-2">
                {frameworks.map((framework) => (
                  <li key={framework.id}>
                    <FrameworkCard framework={framework} team={team} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </Loaded>
      </PageBody>
    </Page>
  );
}

type Listed = Pick<Assessment, 'id' | 'title' | 'version' | 'publisher' | 'summary'>;

function FrameworkCard({ framework, team }: { readonly framework: Listed; readonly team: string | undefined }) {
  const { id, title, version, publisher, summary } = framework;
  return (
    <Link
      to="/compliance/$framework"
      params={{ framework: id }}
      search={team ? { team } : {}}
      className="flex flex-col gap-2 rounded-l border border-line bg-surface px-4 py-3 hover:bg-hover"
    >
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-lead font-semibold">{title}</span>
        <span className="text-small text-muted">
          {version} · {publisher}
        </span>
      </span>
      <StateBar summary={summary} />
      <span className="text-small text-muted">
        {summary.requirements} requirements: {summaryWords(summary)}
      </span>
    </Link>
  );
}

export function TeamChoice({
  team,
  onChoose,
}: {
  readonly team: string | undefined;
  readonly onChoose: (team: string) => void;
}) {
  const teams = useQuery(teamsQuery).data ?? [];
  return (
    <Select
      aria-label="Team"
      className="w-44"
      value={team ?? ''}
      onChange={({ target }) => onChoose(target.value)}
      options={[{ value: '', label: 'All teams' }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { may, useMe } from '../../api/me.ts';
import { Segmented } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PlainTable } from '../../components/plain-table.tsx';
import { Stat } from '../../components/stat.tsx';
import { Ago } from '../../components/time.tsx';
import { PageBody, Section } from '../../shell/page.tsx';
import { type Asset, reportedQuery, trustQuery } from './data.ts';
import { type Freshness, freshnessOf } from './freshness.ts';

const LOOKS: Readonly<Record<Freshness, { readonly label: string; readonly look: 'good' | 'warn' | 'bad' }>> = {
  fresh: { label: 'Reports', look: 'good' },
  old: { label: 'Over a week', look: 'warn' },
  silent: { label: 'Silent', look: 'bad' },
};

const MOST = 100;

/** Which repositories and projects send reports, which fell silent, and how to switch it on. */
export function Reports() {
  const query = useQuery(reportedQuery);
  return (
    <PageBody>
      <Loaded query={query}>
        {(assets) => {
          const now = Date.now();
          const of = (wanted: Freshness) => assets.filter(({ lastSeenAt }) => freshnessOf(lastSeenAt, now) === wanted);
          const quiet = [...of('silent'), ...of('old')].sort(
            (a, b) => Date.parse(a.lastSeenAt) - Date.parse(b.lastSeenAt),
          );
          return (
            <>
              <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
                <Stat label="Repositories and projects" value={assets.length.toLocaleString('en')} link={toInventory} />
                <Stat label="Reported within a week" value={of('fresh').length.toLocaleString('en')} look="good" />
                <Stat label="Over a week ago" value={of('old').length.toLocaleString('en')} look="warn" />
                <Stat label="Silent for a month" value={of('silent').length.toLocaleString('en')} look="bad" />
              </div>
              {assets.length > 0 && <Quiet assets={quiet} />}
              <Identities />
              <SwitchOn isFirst={assets.length === 0} />
            </>
          );
        }}
      </Loaded>
    </PageBody>
  );
}

const toInventory = (content: ReactNode) => (
  <Link to="/inventory" className="hover:underline">
    {content}
  </Link>
);

function Quiet({ assets }: { readonly assets: readonly Asset[] }) {
  const rest = assets.length - MOST;
  return (
    <Section title="What fell silent" about="Their findings say how it was then: nothing newer is known">
      <PlainTable
        label="What fell silent"
        columns={[
          {
            id: 'name',
            title: 'Name',
            cell: ({ id, name }) => (
              <Link className="break-all text-link hover:underline" to="/inventory/$id" params={{ id }}>
                {name}
              </Link>
            ),
          },
          {
            id: 'team',
            title: 'Team',
            isWide: true,
            cell: ({ teamName }) => teamName ?? <span className="text-warn">nobody</span>,
          },
          {
            id: 'open',
            title: 'Open findings',
            align: 'right',
            isWide: true,
            cell: ({ openFindings }) => openFindings.toLocaleString('en'),
          },
          { id: 'seen', title: 'Last report', cell: ({ lastSeenAt }) => <Ago at={lastSeenAt} /> },
          {
            id: 'state',
            title: 'State',
            cell: ({ lastSeenAt }) => {
              const { label, look } = LOOKS[freshnessOf(lastSeenAt, Date.now())];
              return <Chip look={look}>{label}</Chip>;
            },
          },
        ]}
        rows={assets.slice(0, MOST)}
        idOf={({ id }) => id}
        empty="Everything has reported within a week."
      />
      {rest > 0 && <p className="text-small text-muted">and {rest.toLocaleString('en')} more</p>}
    </Section>
  );
}

/** Who may send reports without a stored secret. */
function Identities() {
  const isShown = may(useMe(), 'accounts:read');
  const query = useQuery({ ...trustQuery, enabled: isShown });
  if (!isShown) return null;
  return (
    <Section
      title="Pipelines that are trusted"
      about="They show the identity that their CI system gives them: no secret is stored anywhere"
      actions={
        <Link className="text-link hover:underline" to="/administration">
          Administration
        </Link>
      }
    >
      <Loaded query={query} rows={2}>
        {(rules) => (
          <PlainTable
            label="Pipelines that are trusted"
            columns={[
              { id: 'name', title: 'Name', cell: ({ name }) => name },
              {
                id: 'issuer',
                title: 'Issuer',
                isWide: true,
                cell: ({ issuer }) => <span className="font-mono text-small">{issuer}</span>,
              },
              {
                id: 'claims',
                title: 'Who it is',
                cell: ({ claims }) => (
                  <span className="font-mono text-small break-all">
                    {Object.entries(claims)
                      .map(([name, glob]) => `${name}=${glob}`)
                      .join(' ')}
                  </span>
                ),
              },
            ]}
            rows={rules}
            idOf={({ id }) => id}
            empty="No pipeline is trusted by its identity yet; those with a token are not in this list."
          />
        )}
      </Loaded>
    </Section>
  );
}

const WAYS = ['shell', 'github', 'gitlab', 'jenkins'] as const;
type Way = (typeof WAYS)[number];

const LABELS: Readonly<Record<Way, string>> = { shell: 'Any', github: 'GitHub', gitlab: 'GitLab', jenkins: 'Jenkins' };

function SwitchOn({ isFirst }: { readonly isFirst: boolean }) {
  const [way, setWay] = useState<Way>('shell');
  return (
    <Section
      title={isFirst ? 'Nothing has reported yet' : 'Let another one report'}
      about="A scan in the pipeline that is sent here: the same findings, with owners and due dates"
      actions={
        <Segmented
          label="CI system"
          value={way}
          options={WAYS.map((value) => ({ value, label: LABELS[value] }))}
          onChange={setWay}
        />
      }
    >
      <CodeBlock label={LABELS[way]} code={snippet(way, window.location.origin)} />
    </Section>
  );
}

/** What to copy. The identity of a run is sent as the token: Administration says whose is taken. */
function snippet(way: Way, server: string): string {
  switch (way) {
    case 'shell':
      return `# PLIMSOLL_TOKEN: a token with the role ci, from your account or Administration
plimsoll scan "$IMAGE" --fail-on high --upload ${server}`;
    case 'github':
      return `permissions:
  contents: read
  id-token: write # the identity of the run, in place of a token
steps:
  - run: |
      export PLIMSOLL_TOKEN=$(curl -sf -H "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\
        "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=${server}" | jq -r .value)
      plimsoll scan "$IMAGE" --fail-on high --upload ${server}`;
    case 'gitlab':
      return `plimsoll:
  id_tokens:
    PLIMSOLL_TOKEN: # the identity of the job
      aud: ${server}
  script:
    - plimsoll scan "$CI_REGISTRY_IMAGE:$CI_COMMIT_SHA" --fail-on high --upload ${server}`;
    case 'jenkins':
      return `withCredentials([string(credentialsId: 'plimsoll', variable: 'PLIMSOLL_TOKEN')]) {
  sh 'plimsoll scan "$IMAGE" --fail-on high --upload ${server}'
}`;
  }
}

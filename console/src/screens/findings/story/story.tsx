import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { may, useMe } from '../../../api/me.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { copyText } from '../../../components/copy.ts';
import { Failure } from '../../../components/failure.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../components/menu.tsx';
import { capital, SeverityMark, StateMark } from '../../../components/severity.tsx';
import { SidePanel } from '../../../components/side-panel.tsx';
import { SkeletonRows } from '../../../components/skeleton.tsx';
import { Ago } from '../../../components/time.tsx';
import { tell } from '../../../components/toast.tsx';
import type { Actions } from '../actions.ts';
import { Exploited, FindingDue } from '../columns.tsx';
import { type Finding, findingQuery } from '../data.ts';
import { type FindingDetails, readDetails } from '../details.ts';
import { quoted } from '../filter-text.ts';
import { EvidencePart } from './evidence.tsx';
import { FixPart } from './fix-part.tsx';
import { HistoryPart } from './history.tsx';
import { Part } from './part.tsx';
import { WherePart } from './where.tsx';
import { WhyPart } from './why.tsx';

/** Everything about one finding, in the order in which somebody asks: what, why now, how to be rid of it, where, who, what happened. */
export function Story({
  id,
  row,
  actions,
  onClose,
}: {
  readonly id: string;
  readonly row: Finding | undefined;
  readonly actions: Actions;
  readonly onClose: () => void;
}) {
  const { data, error, refetch } = useQuery(findingQuery(id));
  const finding = data
    ? { ...data, ...(row?.id === id && { state: row.state, assignee: row.assignee, dueAt: row.dueAt }) }
    : row;
  const details = data && readDetails(data.details);
  return (
    <SidePanel
      label="The story of the finding"
      onClose={onClose}
      header={
        finding ? (
          <Head finding={finding} details={details} actions={actions} />
        ) : (
          <h2 className="font-semibold">Finding</h2>
        )
      }
    >
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : data === undefined || details === undefined ? (
        <SkeletonRows rows={9} />
      ) : (
        <div
          role="region"
          aria-label="Story"
          tabIndex={0}
          className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-5 py-4"
        >
          <What finding={data} details={details} />
          <WhyPart finding={data} details={details} />
          <FixPart finding={data} details={details} />
          <WherePart finding={data} details={details} />
          <Part title="Who">
            <Who assigneeName={data.assigneeName} finding={finding ?? data} actions={actions} />
          </Part>
          <EvidencePart details={details} />
          <HistoryPart id={id} />
        </div>
      )}
    </SidePanel>
  );
}

function Head({
  finding,
  details,
  actions,
}: {
  readonly finding: Finding;
  readonly details: FindingDetails | undefined;
  readonly actions: Actions;
}) {
  const me = useMe();
  const canTriage = may(me, 'findings:triage');
  const isOpen = finding.state === 'open' || finding.state === 'in-progress';
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small">
        <SeverityMark severity={finding.severity} />
        <StateMark state={finding.state} />
        <FindingDue finding={finding} />
        {finding.isExploited && <Exploited />}
      </div>
      <h2 className="text-title leading-6 font-semibold break-words">{finding.title}</h2>
      <p className="text-small break-all text-muted">
        {capital(finding.kind)} · <span className="font-mono">{finding.rule}</span>
        {details?.package && ` · ${details.package.name} ${details.package.version}`}
      </p>
      <div className="flex flex-wrap items-center gap-1.5">
        {canTriage && isOpen && finding.assignee !== me.id && (
          <Button look="primary" icon="account" onClick={() => actions.assignToMe([finding])}>
            Assign to me
          </Button>
        )}
        {canTriage && finding.state === 'open' && <Button onClick={() => actions.start([finding])}>Start</Button>}
        {may(me, 'exceptions:request') && isOpen && (
          <Button onClick={() => actions.except([finding])}>Exception</Button>
        )}
        {canTriage && !isOpen && finding.state !== 'fixed' && (
          <Button onClick={() => actions.reopen([finding])}>Reopen</Button>
        )}
        <Menu trigger={<IconButton icon="more" label="More" />}>
          {canTriage && (
            <>
              <MenuItem icon="account" shortcut="A" onSelect={() => actions.assign([finding])}>
                Assign to somebody
              </MenuItem>
              <MenuItem icon="clock" shortcut="d" isDisabled={!isOpen} onSelect={() => actions.due([finding])}>
                Another date
              </MenuItem>
              {finding.state === 'in-progress' && (
                <MenuItem icon="left" onSelect={() => actions.stop([finding])}>
                  Nobody works on it
                </MenuItem>
              )}
              <MenuSeparator />
            </>
          )}
          <MenuItem
            icon="link"
            onSelect={() =>
              void copyText(location.href).then((done) =>
                tell(done ? 'Link copied' : 'The browser did not let us copy', done ? {} : { look: 'failed' }),
              )
            }
          >
            Copy the link
          </MenuItem>
        </Menu>
      </div>
    </div>
  );
}

function What({ finding, details }: { readonly finding: Finding; readonly details: FindingDetails }) {
  return (
    <div className="flex flex-col gap-2">
      {details.summary && details.summary !== finding.title && <p className="whitespace-pre-line">{details.summary}</p>}
      {details.rationale && <p className="text-muted">{details.rationale}</p>}
      {details.preview && (
        <p>
          <span className="text-muted">Secret, as far as it is shown:</span>{' '}
          <code className="font-mono text-small">{details.preview}</code>
        </p>
      )}
      <p className="text-small text-muted">
        First seen <Ago at={finding.firstSeenAt} />, last seen <Ago at={finding.lastSeenAt} />
        {finding.reopened > 0 && `, came back ${finding.reopened === 1 ? 'once' : `${finding.reopened} times`}`}.{' '}
        <Link
          to="/findings"
          search={{ filter: `rule:${quoted(finding.rule)}` }}
          className="text-link underline underline-offset-2"
        >
          Everything with {finding.rule}
        </Link>
      </p>
    </div>
  );
}

function Who({
  finding,
  assigneeName,
  actions,
}: {
  readonly finding: Finding;
  readonly assigneeName: string | null;
  readonly actions: Actions;
}) {
  const me = useMe();
  const name = finding.assignee === null ? 'nobody' : finding.assignee === me.id ? 'you' : (assigneeName ?? 'somebody');
  return (
    <dl className="grid grid-cols-[6rem_1fr] gap-y-1">
      <dt className="text-muted">Team</dt>
      <dd>
        {finding.team === null ? (
          <span className="text-warn">Nobody owns this asset</span>
        ) : (
          <Link
            to="/findings"
            search={{ filter: `is:open team:${quoted(finding.team.name)}` }}
            className="text-link underline underline-offset-2"
          >
            {finding.team.name}
          </Link>
        )}
      </dd>
      <dt className="text-muted">Assignee</dt>
      <dd>
        {name}{' '}
        {may(me, 'findings:triage') && (
          <button
            type="button"
            onClick={() => actions.assign([finding])}
            className="rounded-s text-link underline underline-offset-2"
          >
            Change
          </button>
        )}
      </dd>
    </dl>
  );
}

import type { AnswerOf } from '../../../api/client.ts';
import { Chip } from '../../../components/chip.tsx';
import { capital } from '../../../components/severity.tsx';
import { Term } from '../../../components/term.tsx';
import type { FindingDetails, Priority } from '../details.ts';
import { Part } from './part.tsx';

/** The receipt: what was asked, who answered, what each answer does, and what would change the result. */
export function WhyPart({
  finding,
  details,
}: {
  readonly finding: AnswerOf<'getFinding'>;
  readonly details: FindingDetails;
}) {
  const { priority } = details;
  const isDecided = !['open', 'in-progress', 'fixed'].includes(finding.state);
  return (
    <Part
      title={isDecided ? 'Why it is not open' : 'Why it is due then'}
      aside={
        <>
          <Term word="Rank" /> {finding.rank.toFixed(0)} of 100
        </>
      }
    >
      {isDecided && <Decision decision={finding.decision} />}
      {finding.isDueSetByHand && <p>The date was set by hand; the history says why.</p>}
      {priority ? <Receipt priority={priority} /> : <p className="text-muted">{withoutReceipt(finding.severity)}</p>}
      <Published details={details} />
    </Part>
  );
}

function withoutReceipt(severity: string): string {
  return `No receipt came with the report: the date follows from the severity (${severity}), the exposure of the asset and the policy of due dates.`;
}

function Decision({ decision }: { readonly decision: unknown }) {
  const of = new Map(typeof decision === 'object' && decision !== null ? Object.entries(decision) : []);
  const text = (name: string) => (typeof of.get(name) === 'string' ? String(of.get(name)) : undefined);
  const until = text('until');
  return (
    <p className="rounded-m bg-sunken px-3 py-2">
      {text('reason') ?? 'No reason was given.'}
      <span className="block text-small text-muted">
        {[
          text('author') && `by ${text('author')}`,
          text('source') && `source: ${text('source')}`,
          text('justification')?.replaceAll('_', ' '),
          until ? `until ${until.slice(0, 10)}` : 'for good',
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </p>
  );
}

function Receipt({ priority }: { readonly priority: Priority }) {
  const { window, base, steps, facts, counterfactuals, policy, isForensic } = priority;
  const known = facts.filter(({ value }) => value !== 'unknown');
  const unknown = facts.filter(({ value }) => value === 'unknown');
  return (
    <div className="flex flex-col gap-2">
      <p>
        <strong>{capital(window)}</strong>
        {steps.length > 0
          ? `: ${base} by the table, then ${steps.map(({ direction, reason }) => `${direction}, as ${reason}`).join('; ')}.`
          : ', by the table alone.'}
        {isForensic && ' Look for traces of a break-in as well.'}
      </p>
      <table className="w-full text-left">
        <thead className="sr-only">
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Answer and source</th>
          </tr>
        </thead>
        <tbody>
          {known.map(({ question, value, source, date, effect }) => (
            <tr key={question} className="border-b border-line last:border-0">
              <th scope="row" className="w-2/5 py-1.5 pr-3 align-top font-normal text-muted">
                {question}
              </th>
              <td className="py-1.5 align-top">
                <span className="font-medium">{value}</span>
                {effect && <span className="text-muted"> · {effect}</span>}
                {(source || date) && (
                  <span className="block text-small text-faint">
                    {[source, date?.slice(0, 10)].filter(Boolean).join(', ')}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {unknown.length > 0 && (
        <p className="text-small text-muted">
          <span className="font-medium text-unknown">Not known</span>, and so without effect:{' '}
          {unknown.map(({ question }) => question).join(' ')}
        </p>
      )}
      {counterfactuals.length > 0 && (
        <details>
          <summary className="text-small text-link">What would change it</summary>
          <ul className="mt-1 list-disc pl-5 text-muted">
            {counterfactuals.map((one) => (
              <li key={one.change}>
                {capital(one.change)}: {one.window}
              </li>
            ))}
          </ul>
        </details>
      )}
      {policy && <p className="text-small text-faint">Table: {policy}</p>}
    </div>
  );
}

/** What the world knows of it, wherever it is. */
function Published({ details: { epss, kev, scores } }: { readonly details: FindingDetails }) {
  if (!epss && !kev && scores.length === 0) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-muted">
      {kev && (
        <span>
          <Term word="KEV" /> since {kev.dateAdded}
          {kev.isRansomware && (
            <>
              {' '}
              <Chip look="bad">ransomware</Chip>
            </>
          )}
        </span>
      )}
      {epss && (
        <span>
          <Term word="EPSS" /> {(epss.probability * 100).toFixed(epss.probability < 0.1 ? 1 : 0)} %
        </span>
      )}
      {scores.slice(0, 2).map(({ type, value }) => (
        <span key={type + value} className="break-all">
          <Term word="CVSS">{type.replaceAll('_', ' ')}</Term> <span className="font-mono">{value}</span>
        </span>
      ))}
    </p>
  );
}

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '../../../api/client.ts';
import { Chip } from '../../../components/chip.tsx';
import { CopyButton } from '../../../components/code-block.tsx';
import { Term } from '../../../components/term.tsx';
import { Ago } from '../../../components/time.tsx';
import type { FindingDetails } from '../details.ts';
import { quoted } from '../filter-text.ts';
import { Part } from './part.tsx';

type Detailed = AnswerOf<'getFinding'>;

const FEW = 4;

export function WherePart({ finding, details }: { readonly finding: Detailed; readonly details: FindingDetails }) {
  const [isWhole, setWhole] = useState(false);
  const there = finding.occurrences.filter(({ goneAt }) => goneAt === null);
  const gone = finding.occurrences.length - there.length;
  const shown = isWhole ? finding.occurrences : there.slice(0, FEW);
  return (
    <Part
      title="Where"
      aside={
        <>
          {there.length} {there.length === 1 ? 'place' : 'places'} now{gone > 0 && `, ${gone} gone`}
        </>
      }
    >
      <p>
        <Link
          to="/findings"
          search={{ filter: `is:open asset:${quoted(finding.asset.name)}` }}
          className="font-medium break-all text-link underline underline-offset-2"
        >
          {finding.asset.name}
        </Link>{' '}
        <span className="text-muted">({finding.asset.kind})</span>
      </p>
      {details.resource && <p className="text-muted">{details.resource}</p>}
      {details.package?.instruction && (
        <p className="text-muted">
          Brought by{' '}
          {details.package.part === 'base'
            ? 'the base image'
            : details.package.part === 'own'
              ? 'a layer of yours'
              : 'a layer'}
          : <code className="font-mono text-small break-all">{details.package.instruction}</code>
        </p>
      )}
      <ul className="flex flex-col rounded-m border border-line">
        {shown.map((place) => (
          <Place
            key={`${place.digest}${place.location}${place.package}${place.tool}`}
            place={place}
            line={details.place?.line}
          />
        ))}
      </ul>
      {finding.occurrences.length > shown.length && (
        <button
          type="button"
          onClick={() => setWhole(true)}
          className="self-start rounded-s text-small text-link underline underline-offset-2"
        >
          All {finding.occurrences.length} places, gone ones included
        </button>
      )}
    </Part>
  );
}

function Place({
  place,
  line,
}: {
  readonly place: Detailed['occurrences'][number];
  readonly line: number | undefined;
}) {
  return (
    <li className="flex flex-col gap-1 border-b border-line px-3 py-2 last:border-0">
      <span className="font-mono text-small break-all">
        {place.location || 'no file'}
        {line !== undefined && `:${line}`}
      </span>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-small text-muted">
        {place.tags.slice(0, 4).map((tag) => (
          <Chip key={tag}>{tag}</Chip>
        ))}
        {place.tags.length > 4 && <span>and {place.tags.length - 4} tags</span>}
        <span className="inline-flex items-center gap-1">
          <Term word="Digest">{place.digest.slice(0, 19)}</Term>
          <CopyButton text={place.digest} what="digest" />
        </span>
        {place.goneAt === null ? (
          <span>
            seen <Ago at={place.lastSeenAt} />
          </span>
        ) : (
          <span className="text-good">
            gone <Ago at={place.goneAt} />
          </span>
        )}
        <span>by {place.tool}</span>
      </span>
    </li>
  );
}

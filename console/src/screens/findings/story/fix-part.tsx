import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../../api/client.ts';
import { CodeBlock } from '../../../components/code-block.tsx';
import type { FindingDetails } from '../details.ts';
import { quoted } from '../filter-text.ts';
import { fixOf, withoutFix } from '../fix.ts';
import { Part } from './part.tsx';

export function FixPart({
  finding,
  details,
}: {
  readonly finding: AnswerOf<'getFinding'>;
  readonly details: FindingDetails;
}) {
  const fix = fixOf(details, { kind: finding.kind, rule: finding.rule, asset: finding.asset.name });
  const name = details.package?.name;
  return (
    <Part title="Fix">
      {fix === undefined ? (
        <p className="text-muted">{withoutFix(details)}</p>
      ) : (
        <>
          <p>{fix.text}</p>
          {fix.code !== undefined && <CodeBlock label={fix.label} code={fix.code} isDiff={false} />}
        </>
      )}
      {name !== undefined && (
        <p className="text-small">
          <Link
            to="/findings"
            search={{ filter: `is:open package:${quoted(name)} asset:${quoted(finding.asset.name)}` }}
            className="text-link underline underline-offset-2"
          >
            All that an upgrade of {name} here may close
          </Link>
        </p>
      )}
      {details.dependencyPath.length > 1 && (
        <p className="text-small break-words text-muted">It is here through {details.dependencyPath.join(' › ')}</p>
      )}
    </Part>
  );
}

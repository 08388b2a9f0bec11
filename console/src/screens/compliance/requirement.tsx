import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { may, useMe } from '../../api/me.ts';
import { Button } from '../../components/button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { SeverityMark } from '../../components/severity.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { Ago } from '../../components/time.tsx';
import { AttestDialog, type Subject } from './attest-dialog.tsx';
import { StateMark } from './state.tsx';
import type { Assessment, Control, Part, Requirement } from './words.ts';

/** One requirement: what it asks for, which controls speak for it, and what they found or could not see. */
export function RequirementPanel({
  assessment,
  requirement,
  team,
  onClose,
}: {
  readonly assessment: Assessment;
  readonly requirement: Requirement;
  readonly team: string | undefined;
  readonly onClose: () => void;
}) {
  const { clause, title, text, state, reason, controls, attestation } = requirement;
  const own = controls.flatMap(({ id }) => assessment.controls.find((control) => control.id === id) ?? []);
  const [about, setAbout] = useState<Subject>();
  const canAttest = may(useMe(), 'compliance:attest');
  return (
    <SidePanel
      label={`Requirement ${clause}`}
      onClose={onClose}
      header={
        <div className="flex min-w-0 flex-col gap-1">
          <span className="flex items-center gap-2">
            <span className="font-mono text-small text-muted">{clause}</span>
            <StateMark state={state} />
          </span>
          <h2 className="text-lead font-semibold">{title}</h2>
        </div>
      }
    >
      <div
        role="region"
        aria-label="The requirement"
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-5 py-4"
      >
        <p>{reason}</p>
        {text !== title && <p className="max-w-prose text-muted">{text}</p>}
        {attestation && <Statement attestation={attestation} />}
        {canAttest && (
          <div>
            <Button onClick={() => setAbout({ framework: assessment.id, clause, title })}>Say how it is</Button>
          </div>
        )}
        {own.length > 0 && <h3 className="font-semibold">Controls that speak for it</h3>}
        {own.map((control) => (
          <ControlStory
            key={control.id}
            control={control}
            onAttest={canAttest ? () => setAbout({ control: control.id, title: control.title }) : undefined}
          />
        ))}
      </div>
      {about && <AttestDialog about={about} team={team} onClose={() => setAbout(undefined)} />}
    </SidePanel>
  );
}

function Statement({ attestation }: { readonly attestation: NonNullable<Requirement['attestation']> }) {
  const { statement, by, date, expires, isExpired, evidence } = attestation;
  return (
    <blockquote className="border-l-2 border-accent pl-3">
      <p>{statement}</p>
      <p className="text-small text-muted">
        {by}, <Ago at={date} />; {isExpired ? 'it has ended ' : 'it holds until '}
        <Ago at={expires} />
      </p>
      {evidence.map((one) => (
        <p key={one} className="text-small break-words text-muted">
          {one}
        </p>
      ))}
    </blockquote>
  );
}

function ControlStory({
  control,
  onAttest,
}: {
  readonly control: Control;
  readonly onAttest: (() => void) | undefined;
}) {
  const { id, title, state, remedy, parts, attestation } = control;
  const isForPerson = parts.some(({ by }) => by === 'statement' || by === 'outside');
  return (
    <section className="flex flex-col gap-2 rounded-l border border-line p-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h4 className="font-medium">{title}</h4>
          <p className="font-mono text-small break-all text-muted">{id}</p>
        </div>
        <StateMark state={state} />
      </div>
      {attestation && <Statement attestation={attestation} />}
      {parts.map((part) => (
        <PartStory key={`${part.by} ${part.what}`} part={part} />
      ))}
      {state === 'fail' && <p className="text-small text-muted">{remedy}</p>}
      {isForPerson && onAttest && (
        <div>
          <Button look="quiet" onClick={onAttest}>
            Say how it is
          </Button>
        </div>
      )}
    </section>
  );
}

const MOST = 5;

function PartStory({ part: { what, failing, missing, counts } }: { readonly part: Part }) {
  return (
    <div className="flex flex-col gap-1.5 text-small">
      <p className="text-muted">
        {what}
        {counts.passed + counts.failing > 0 &&
          ` · ${counts.passed.toLocaleString('en')} hold, ${counts.failing.toLocaleString('en')} do not`}
      </p>
      {failing.slice(0, MOST).map(({ key, severity, message, artifact, filter }) => (
        <Link
          key={key}
          to="/findings"
          search={{ filter }}
          className="flex items-start gap-2 rounded-m px-1.5 py-1 hover:bg-hover"
        >
          <SeverityMark severity={severity} />
          <span className="min-w-0">
            <span className="block break-words">{message}</span>
            <span className="block truncate text-muted">{artifact}</span>
          </span>
        </Link>
      ))}
      {failing.length > MOST && <p className="text-muted">and {failing.length - MOST} more</p>}
      {missing.map(({ why, how }) => (
        <div key={why} className="flex flex-col gap-1">
          <p>{why}</p>
          {how.startsWith('plimsoll ') ? (
            <CodeBlock label="How to find out" code={how} />
          ) : (
            <p className="text-muted">{how}</p>
          )}
        </div>
      ))}
    </div>
  );
}

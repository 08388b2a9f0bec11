import { Chip } from '../../components/chip.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import { countOf, type State, type Summary, states, stateWords } from './words.ts';

export function StateMark({ state }: { readonly state: State }) {
  const { label, look, about } = stateWords[state];
  return (
    <Tooltip text={about}>
      <span>
        <Chip look={look}>{label}</Chip>
      </span>
    </Tooltip>
  );
}

const FILLS: Readonly<Record<State, string>> = {
  fail: 'bg-bad',
  partial: 'bg-warn',
  'not-assessed': 'bg-line-strong',
  manual: 'bg-line-strong opacity-60',
  pass: 'bg-good',
  'not-applicable': 'bg-line',
};

/** All requirements of a standard by their states. The words beside it say the same. */
export function StateBar({ summary }: { readonly summary: Summary }) {
  const total = Math.max(1, summary.requirements);
  return (
    <span aria-hidden="true" className="flex h-2 w-full overflow-hidden rounded-full bg-sunken">
      {states.map((state) => (
        <span key={state} className={FILLS[state]} style={{ width: `${(countOf(summary, state) / total) * 100}%` }} />
      ))}
    </span>
  );
}

/** `3 fail, 12 hold, 9 not assessed` */
export function summaryWords(summary: Summary): string {
  const parts = states.flatMap((state) => {
    const count = countOf(summary, state);
    return count === 0 ? [] : [`${count} ${stateWords[state].label.toLowerCase()}`];
  });
  return parts.join(', ');
}

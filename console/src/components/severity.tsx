import { classNames } from './class-names.ts';

export const severities = ['critical', 'high', 'medium', 'low', 'info', 'unknown'] as const;
export type Severity = (typeof severities)[number];

const COLOURS: Readonly<Record<Severity, string>> = {
  critical: 'text-critical',
  high: 'text-high',
  medium: 'text-medium',
  low: 'text-low',
  info: 'text-info',
  unknown: 'text-unknown',
};
/** Bars that are filled: how bad it is can be seen without colour. */
const BARS: Readonly<Record<Severity, number>> = { critical: 4, high: 3, medium: 2, low: 1, info: 0, unknown: 0 };

export function severityOf(text: string): Severity {
  return severities.find((one) => one === text) ?? 'unknown';
}

/** The shape says the same as the colour and the word: bars for how bad, a question mark for what nobody has said. */
function SeverityGlyph({ severity, className }: { readonly severity: Severity; readonly className?: string }) {
  return (
    <svg
      viewBox="0 0 14 14"
      aria-hidden="true"
      className={classNames('size-3.5 shrink-0', COLOURS[severity], className)}
    >
      {severity === 'critical' && <rect width="14" height="14" rx="3" fill="currentColor" />}
      {severity === 'critical' && (
        <path d="M7 3v5M7 10.600v.2" stroke="var(--surface)" strokeWidth="1.8" strokeLinecap="round" />
      )}
      {severity === 'unknown' && (
        <>
          <rect
            x="1"
            y="1"
            width="12"
            height="12"
            rx="3"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.3"
            strokeDasharray="2.5 2"
          />
          <path
            d="M5.400 5.500c.1-.9.7-1.400 1.600-1.400s1.600.5 1.600 1.300c0 1-1.600 1.200-1.600 2.300M7 9.900v.1"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.3"
            strokeLinecap="round"
          />
        </>
      )}
      {severity !== 'critical' &&
        severity !== 'unknown' &&
        [0, 1, 2].map((bar) => (
          <rect
            key={bar}
            x={1 + bar * 4.5}
            y={9 - bar * 3.2}
            width="3"
            height={4 + bar * 3.2}
            rx="1"
            fill="currentColor"
            opacity={bar < BARS[severity] ? 1 : 0.28}
          />
        ))}
    </svg>
  );
}

export function SeverityMark({
  severity: text,
  hasWord = true,
}: {
  readonly severity: string;
  readonly hasWord?: boolean;
}) {
  const severity = severityOf(text);
  return (
    <span className="inline-flex items-center gap-1.5 align-middle whitespace-nowrap">
      <SeverityGlyph severity={severity} />
      {hasWord ? (
        <span className={classNames('font-medium', COLOURS[severity])}>{capital(severity)}</span>
      ) : (
        <span className="sr-only">{severity}</span>
      )}
    </span>
  );
}

const STATES: ReadonlyMap<
  string,
  { readonly label: string; readonly look: string; readonly fill: 'none' | 'half' | 'full' | 'struck' }
> = new Map([
  ['open', { label: 'Open', look: 'text-ink', fill: 'none' }],
  ['in-progress', { label: 'In progress', look: 'text-link', fill: 'half' }],
  ['fixed', { label: 'Fixed', look: 'text-good', fill: 'full' }],
  ['accepted', { label: 'Accepted', look: 'text-muted', fill: 'struck' }],
  ['false-positive', { label: 'False positive', look: 'text-muted', fill: 'struck' }],
  ['not-affected', { label: 'Not affected', look: 'text-muted', fill: 'struck' }],
] as const);

export function stateLabel(state: string): string {
  return STATES.get(state)?.label ?? capital(state);
}

export function StateMark({ state }: { readonly state: string }) {
  const { label, look, fill } = STATES.get(state) ?? { label: capital(state), look: 'text-muted', fill: 'none' };
  return (
    <span className={classNames('inline-flex items-center gap-1.5 align-middle whitespace-nowrap', look)}>
      <svg viewBox="0 0 14 14" aria-hidden="true" className="size-3.5 shrink-0">
        <circle
          cx="7"
          cy="7"
          r="5.500"
          fill={fill === 'full' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.4"
        />
        {fill === 'half' && <path d="M7 3.500a3.500 3.500 0 0 1 0 7z" fill="currentColor" />}
        {fill === 'full' && (
          <path
            d="M4.500 7.200 6.300 9l3.200-3.800"
            fill="none"
            stroke="var(--surface)"
            strokeWidth="1.500"
            strokeLinecap="round"
          />
        )}
        {fill === 'struck' && <path d="M4.500 7h5" stroke="currentColor" strokeWidth="1.500" strokeLinecap="round" />}
      </svg>
      {label}
    </span>
  );
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replaceAll('-', ' ');
}

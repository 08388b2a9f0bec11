import { printable } from '#foundation/index.ts';
import type { SensorHealth } from '#runtime/index.ts';
import type { Tally } from './tally.ts';

export interface SummaryFacts {
  readonly sensor: string;
  readonly seconds: number;
  readonly rules: number;
  readonly health: SensorHealth;
  readonly disabled: readonly string[];
  readonly state: Readonly<Record<string, number>>;
}

const MAX_LINES = 12;

/** What a watch ends with: what was seen, what was objected to, what was not seen. */
export function renderSummary(tally: Tally, { sensor, seconds, rules, health, disabled, state }: SummaryFacts): string {
  const rate = seconds > 0 ? Math.round(tally.events / seconds) : 0;
  const lines = [
    `Watched ${formatSeconds(seconds)} with ${sensor}: ${count(tally.events, 'event')} (${rate}/s) in ${count(tally.byContainer.size, 'place')}, ${count(rules, 'rule')}, ${count(tally.alerts, 'alert')}`,
  ];
  for (const [rule, { priority, count: times }] of top(tally.byRule, ([, value]) => value.count)) {
    lines.push(`  ${String(times).padStart(6)}  ${priority.padEnd(13)} ${printable(rule)}`);
  }
  if (tally.foreignAlerts > 0) lines.push(`  ${tally.foreignAlerts} more were other tools' own`);
  const delays = tally.delays();
  if (delays)
    lines.push(
      `From call to alert: half within ${milliseconds(delays.p50Us)}, all but 1 % within ${milliseconds(delays.p99Us)}`,
    );
  const evicted = Object.entries(state).filter(([name, value]) => name.startsWith('evicted') && value > 0);
  if (health.lost > 0)
    lines.push(`LOST: ${count(health.lost, 'event')} that nobody saw (by processor: ${health.lostByCpu.join(', ')})`);
  if (health.unreadable > 0) lines.push(`NOT READ: ${count(health.unreadable, 'record')}`);
  for (const window of tally.blind.slice(0, MAX_LINES)) {
    if (window.reason !== 'lost-events') lines.push(`BLIND (${window.reason}): ${printable(window.detail)}`);
  }
  if (tally.blind.length > MAX_LINES) lines.push(`  … and ${tally.blind.length - MAX_LINES} blind windows more`);
  for (const name of disabled) lines.push(`RULE LEFT OUT: ${printable(name)}`);
  if (evicted.length > 0)
    lines.push(`FORGOTTEN to stay within memory: ${evicted.map(([name, value]) => `${name} ${value}`).join(', ')}`);
  if (tally.blind.length === 0 && health.lost === 0 && health.unreadable === 0) lines.push('Nothing was lost.');
  return `${lines.join('\n')}\n`;
}

function top<T>(map: ReadonlyMap<string, T>, size: (entry: [string, T]) => number): [string, T][] {
  return [...map].sort((a, b) => size(b) - size(a)).slice(0, MAX_LINES);
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

function milliseconds(us: number): string {
  return `${(us / 1000).toFixed(us < 10_000 ? 1 : 0)} ms`;
}

function formatSeconds(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

import { type Paint, printable } from '#foundation/index.ts';
import type { ContainerTally, Tally } from './tally.ts';

const REFRESH_MS = 1000;
const SHOWN_CONTAINERS = 6;
const SHOWN_PROGRAMS = 6;
const MIN_ROWS = 16;
const ESC = '\u001b[';

interface Screen {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

export interface ViewFacts {
  readonly sensor: string;
  readonly rules: number;
  lost(): number;
}

/**
 * A quiet picture at the bottom of the terminal, renewed once a second: who does most, which containers are there, what was lost. Alerts
 * scroll above it as plain lines, so that they stay in the terminal's history.
 */
export class TerminalView {
  readonly #screen: Screen;
  readonly #paint: Paint;
  readonly #tally: Tally;
  readonly #facts: ViewFacts;
  readonly #started = Date.now();
  readonly #timer: NodeJS.Timeout;
  #height = 0;
  #events = 0;
  #rate = 0;

  constructor(screen: Screen, paint: Paint, tally: Tally, facts: ViewFacts) {
    this.#screen = screen;
    this.#paint = paint;
    this.#tally = tally;
    this.#facts = facts;
    this.#timer = setInterval(() => {
      this.#rate = this.#tally.events - this.#events;
      this.#events = this.#tally.events;
      this.#draw();
    }, REFRESH_MS);
    this.#draw();
  }

  /** Writes a line that stays. */
  line(text: string): void {
    this.#clear();
    this.#screen.write(`${text}\n`);
    this.#draw();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#clear();
  }

  #clear(): void {
    if (this.#height > 0) this.#screen.write(`${ESC}${this.#height}A${ESC}J`);
    this.#height = 0;
  }

  #draw(): void {
    if ((this.#screen.rows ?? 24) < MIN_ROWS) return;
    const width = Math.max(40, this.#screen.columns ?? 80) - 1;
    const lines = this.#lines().map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line));
    this.#clear();
    this.#screen.write(lines.map((line, index) => `${index === 0 ? line : this.#paint('dim', line)}\n`).join(''));
    this.#height = lines.length;
  }

  #lines(): string[] {
    const { alerts, byContainer, byProgram } = this.#tally;
    const seconds = Math.round((Date.now() - this.#started) / 1000);
    const lost = this.#facts.lost();
    const containers = [...byContainer.values()].sort((a, b) => b.events - a.events).slice(0, SHOWN_CONTAINERS);
    const programs = [...byProgram].sort(([, a], [, b]) => b - a).slice(0, SHOWN_PROGRAMS);
    return [
      `─ ${this.#facts.sensor} · ${seconds} s · ${this.#rate}/s · ${alerts} alerts · ${this.#facts.rules} rules · ${lost === 0 ? 'nothing lost' : `${lost} LOST`}`,
      ...containers.map(describePlace),
      `  started: ${programs.map(([name, times]) => `${printable(name)} ${times}`).join(', ') || 'nothing yet'}`,
    ];
  }
}

function describePlace({ container, events, alerts }: ContainerTally): string {
  const words = [container?.id ?? 'host', container?.name ?? '', container?.image?.name ?? ''].map(printable);
  const columns = words.map((word, index) => word.padEnd(COLUMNS[index] ?? 0).slice(0, COLUMNS[index])).join(' ');
  return `  ${columns}${String(events).padStart(10)} events${alerts > 0 ? `  ${alerts} alerts` : ''}`;
}

const COLUMNS = [12, 20, 36];

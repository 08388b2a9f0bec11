import type { Alert } from '#detection/index.ts';
import type { BlindWindow, Container, RuntimeEvent } from '#runtime/index.ts';

export interface ContainerTally {
  /** `undefined` is the host. What its engine says of it may come after its first events. */
  readonly container: Container | undefined;
  events: number;
  alerts: number;
}

const MAX_CONTAINERS = 4096;
const MAX_RULES = 4096;
const MAX_DELAYS = 65_536;
const HOST = 'host';

/** What a watch has seen, counted as it goes. Sizes are bounded: what comes too late is counted under `others`. */
export class Tally {
  events = 0;
  alerts = 0;
  foreignAlerts = 0;
  lost = 0;
  unread = 0;
  readonly byType = new Map<string, number>();
  readonly byContainer = new Map<string, ContainerTally>();
  readonly byRule = new Map<string, { readonly priority: string; count: number }>();
  readonly byProgram = new Map<string, number>();
  readonly blind: BlindWindow[] = [];
  /** From the call to the alert, in microseconds; the last ones. */
  readonly #delays: number[] = [];

  event({ event, container, process }: RuntimeEvent): void {
    this.events++;
    this.byType.set(event.type, (this.byType.get(event.type) ?? 0) + 1);
    this.#place(container).events++;
    if (event.exec && this.byProgram.size < MAX_RULES) {
      this.byProgram.set(process.name, (this.byProgram.get(process.name) ?? 0) + 1);
    }
  }

  alert({ rule, priority }: Alert, event: RuntimeEvent | undefined, delayUs: number | undefined): void {
    this.alerts++;
    const known = this.byRule.get(rule);
    if (known) known.count++;
    else if (this.byRule.size < MAX_RULES) this.byRule.set(rule, { priority, count: 1 });
    if (event) this.#place(event.container).alerts++;
    if (delayUs === undefined) return;
    if (this.#delays.length >= MAX_DELAYS) this.#delays.length = 0;
    this.#delays.push(delayUs);
  }

  addBlind(window: BlindWindow): void {
    if (window.reason === 'lost-events') this.lost += window.lost ?? 0;
    if (window.reason === 'input-unread') this.unread += window.lost ?? 1;
    if (this.blind.length < MAX_RULES) this.blind.push(window);
  }

  /** Half of the alerts came sooner than the first, all but one in a hundred sooner than the second. */
  delays(): { readonly p50Us: number; readonly p99Us: number } | undefined {
    if (this.#delays.length === 0) return undefined;
    const sorted = [...this.#delays].sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return { p50Us: at(0.5), p99Us: at(0.99) };
  }

  /** When there are too many, later ones are counted with the host. */
  #place(container: Container | undefined): ContainerTally {
    const key = container?.fullId ?? HOST;
    const known = this.byContainer.get(key);
    if (known) return known;
    if (container !== undefined && this.byContainer.size >= MAX_CONTAINERS) return this.#place(undefined);
    const made = { container, events: 0, alerts: 0 };
    this.byContainer.set(key, made);
    return made;
  }
}

import { type Alert, alertJson, alertLine } from '#detection/index.ts';
import { type Paint, printable, type Style } from '#foundation/index.ts';
import type { ForeignAlert } from '#runtime/index.ts';

interface PrinterOptions {
  readonly json: boolean;
  readonly hostname: string;
  readonly paint: Paint;
}

interface Lines {
  line(text: string): void;
}

/** How loud a level is. */
const styles: ReadonlyMap<string, Style> = new Map([
  ['Emergency', 'red'],
  ['Alert', 'red'],
  ['Critical', 'red'],
  ['Error', 'red'],
  ['Warning', 'yellow'],
  ['Notice', 'cyan'],
]);

/** Writes alerts, one a line, as a person or another program reads them. */
export class AlertPrinter {
  readonly #options: PrinterOptions;
  #lines: Lines;

  constructor(stream: { write(text: string): unknown }, options: PrinterOptions) {
    this.#options = options;
    this.#lines = { line: (text) => stream.write(`${text}\n`) };
  }

  /** From now on lines go through a view that keeps its picture below them. */
  through(view: Lines): void {
    this.#lines = view;
  }

  alert(alert: Alert): void {
    const { json, hostname } = this.#options;
    this.#lines.line(json ? alertJson(alert, hostname) : this.#painted(alert.priority, alertLine(alert), alert.rule));
  }

  foreign({ tool, timeUs, rule, priority, output, tags, fields }: ForeignAlert): void {
    if (this.#options.json) {
      const time = new Date(timeUs / 1000).toISOString();
      const { hostname } = this.#options;
      this.#lines.line(
        JSON.stringify({ hostname, output, output_fields: fields, priority, rule, source: tool, tags, time }),
      );
    } else this.#lines.line(this.#painted(priority, `${tool}: ${printable(output || rule)}`, rule));
  }

  warn(text: string): void {
    if (this.#options.json) process.stderr.write(`${text}\n`);
    else this.#lines.line(this.#options.paint('magenta', text));
  }

  #painted(priority: string, line: string, rule: string): string {
    const style = styles.get(priority);
    const text = printable(line);
    return `${style === undefined ? text : this.#options.paint(style, text)} ${this.#options.paint('dim', `[${printable(rule)}]`)}`;
  }
}

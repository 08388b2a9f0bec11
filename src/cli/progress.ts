import { printable } from '#foundation/index.ts';
import type { ScanProgress } from '#scan/index.ts';

export interface ProgressView {
  show(progress: ScanProgress): void;
  /** Clears what is on the terminal, before a report is printed. */
  end(): void;
}

interface ProgressOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** One line that is rewritten on a terminal; a line a step elsewhere when asked for; nothing when quiet. */
export function progressView(stream: NodeJS.WriteStream, options: ProgressOptions): ProgressView {
  if (stream.isTTY || options.quiet || !options.verbose) {
    const line = statusLine(stream, options.quiet);
    return { show: (progress) => line.show(describe(progress)), end: line.end };
  }
  return stepLines(stream);
}

export interface StatusLine {
  show(text: string): void;
  end(): void;
}

const REDRAW_MS = 80;

/** Shows what goes on, on a terminal only. */
export function statusLine(stream: NodeJS.WriteStream, quiet: boolean): StatusLine {
  if (quiet || !stream.isTTY) return { show: () => undefined, end: () => undefined };
  let last = 0;
  return {
    show(text) {
      const now = performance.now();
      if (now - last < REDRAW_MS) return;
      last = now;
      stream.write(`\r\u001b[2K${printable(text).slice(0, (stream.columns ?? 80) - 1)}`);
    },
    end() {
      if (last > 0) stream.write('\r\u001b[2K');
    },
  };
}

function stepLines(stream: NodeJS.WriteStream): ProgressView {
  let step = '';
  return {
    show(progress) {
      if (progress.step === step) return;
      step = progress.step;
      stream.write(`${printable(describe(progress))}\n`);
    },
    end: () => undefined,
  };
}

function describe(progress: ScanProgress): string {
  const amount = progress.total === undefined ? '' : ` ${progress.done ?? 0}/${progress.total}`;
  const detail = progress.detail === undefined ? '' : `: ${progress.detail}`;
  return `${progress.step}${amount}${detail}`;
}

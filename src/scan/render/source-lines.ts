import { linesOf } from '#foundation/documents/index.ts';

/** Where a line of rendered manifests comes from, as the comments of helm tell: `# Source: web/charts/db/templates/pod.yaml`. */
export class SourceLines {
  readonly #lines: readonly string[];
  /** By line, from 0: the file behind the last comment. */
  readonly #sources: readonly (string | undefined)[];

  constructor(rendered: string) {
    this.#lines = [...linesOf(rendered)];
    let source: string | undefined;
    this.#sources = this.#lines.map((line) => {
      if (line === '---') source = undefined;
      source = /^# Source: (\S{1,1000})$/.exec(line)?.[1] ?? source;
      return source;
    });
  }

  /** Within the directory of the chart: the first part of what helm writes is the chart's name. Undefined where that leads elsewhere. */
  fileOf(line: number): string | undefined {
    const path = this.#sources[line - 1]?.split('/').slice(1) ?? [];
    return path.length === 0 || path.includes('..') || path.includes('') ? undefined : path.join('/');
  }

  /**
   * The line of the template that a rendered line comes from: the only one that reads the same, else the first with the same member at the
   * same depth, or at any. A guess where values make lines; 1 where there is none.
   */
  lineIn(template: string, line: number): number {
    const rendered = this.#lines[line - 1] ?? '';
    const lines = [...linesOf(template)];
    const same = lines.indexOf(rendered);
    if (rendered !== '' && same !== -1 && lines.indexOf(rendered, same + 1) === -1) return same + 1;
    const [begin = '', member] = /^\s*(?:- )?([\w./-]{1,200}:)/.exec(rendered) ?? [];
    if (member === undefined) return 1;
    const atDepth = lines.findIndex((one) => one.startsWith(begin));
    const found =
      atDepth === -1 ? lines.findIndex((one) => one.trimStart().replace(/^- /, '').startsWith(member)) : atDepth;
    return found === -1 ? 1 : found + 1;
  }
}

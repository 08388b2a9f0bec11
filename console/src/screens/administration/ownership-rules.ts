import type { RequestOf } from '../../api/client.ts';

export type Rule = RequestOf<'previewOwnershipRules'>['body']['rules'][number];

const KINDS = ['repository', 'host', 'project', 'workload'] as const;

/** Rules of ownership in the lines that people edit. */
export function rulesText(rules: readonly unknown[]): string {
  return rules.map(lineOf).join('\n');
}

function lineOf(rule: unknown): string {
  const members = new Map(Object.entries(typeof rule === 'object' && rule !== null ? rule : {}));
  const text = (name: string) => String(members.get(name) ?? '');
  if (members.get('kind') === 'label') return `label ${text('label')}`;
  if (members.get('kind') === 'default') return `default -> ${text('team')}`;
  return `${members.has('asset') ? `${text('asset')} ` : ''}${text('pattern')} -> ${text('team')}`;
}

export interface ReadRules {
  readonly rules: readonly Rule[];
  /** What is wrong, with its line. */
  readonly faults: readonly string[];
}

/** Reads the lines again: `label NAME`, `[KIND] PATTERN -> TEAM`, `default -> TEAM`; `#` begins a remark. */
export function readRules(text: string): ReadRules {
  const rules: Rule[] = [];
  const faults: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const rule = readLine(trimmed);
    if (rule === undefined) faults.push(`Line ${index + 1} is neither “label NAME” nor “PATTERN -> TEAM”.`);
    else rules.push(rule);
  }
  return { rules, faults };
}

function readLine(line: string): Rule | undefined {
  const label = /^label\s+(\S+)$/.exec(line)?.[1];
  if (label !== undefined) return { kind: 'label', label };
  const arrow = line.lastIndexOf('->');
  if (arrow < 1) return undefined;
  const [subject, team] = [line.slice(0, arrow).trim(), line.slice(arrow + 2).trim()];
  if (team === '' || subject === '') return undefined;
  if (subject === 'default') return { kind: 'default', team };
  const parts = subject.split(/\s+/);
  const [first = '', pattern] = parts;
  if (parts.length > 2) return undefined;
  if (pattern === undefined) return { kind: 'path', pattern: first, team };
  const asset = KINDS.find((kind) => kind === first);
  return asset && { kind: 'path', asset, pattern, team };
}

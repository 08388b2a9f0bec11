import { ok, type Result } from '#foundation/index.ts';
import { unreadable } from '../../ordering.ts';

/** A version by PEP 440. Numbers stay texts: they may have any length. */
export interface Pep440Version {
  readonly epoch: string;
  readonly release: readonly string[];
  /** 0 for alpha, 1 for beta, 2 for release candidate. */
  readonly pre?: { readonly stage: number; readonly number: string };
  readonly post?: string;
  readonly dev?: string;
  readonly local: readonly string[];
}

// One step of the grammar each, so that no step can be tried in more than one way: the whole stays linear.
const start = /v?(?:(\d+)!)?(\d+(?:\.\d+)*)/y;
const pre = /[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d+)?/y;
const post = /-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d+)?/y;
const dev = /[-_.]?dev[-_.]?(\d+)?/y;
const local = /\+([a-z0-9]+(?:[-_.][a-z0-9]+)*)/y;

const stages: Readonly<Record<string, number>> = { a: 0, alpha: 0, b: 1, beta: 1 };

export function parsePep440(text: string): Result<Pep440Version> {
  const lower = text.toLowerCase();
  let at = 0;
  const take = (step: RegExp): RegExpExecArray | null => {
    step.lastIndex = at;
    const match = step.exec(lower);
    if (match) at = step.lastIndex;
    return match;
  };
  const first = take(start);
  if (!first) return unreadable('pep440', text, 'it does not start with a number');
  const preMatch = take(pre);
  const postMatch = take(post);
  const devMatch = take(dev);
  const localMatch = take(local);
  if (at !== lower.length) return unreadable('pep440', text, `character ${at + 1} does not continue the version`);
  const [, epoch = '0', release = ''] = first;
  return ok({
    epoch,
    release: release.split('.'),
    ...(preMatch && { pre: { stage: stages[preMatch[1] ?? ''] ?? 2, number: preMatch[2] ?? '0' } }),
    ...(postMatch && { post: postMatch[1] ?? postMatch[2] ?? '0' }),
    ...(devMatch && { dev: devMatch[1] ?? '0' }),
    local: localMatch?.[1]?.split(/[-_.]/) ?? [],
  });
}

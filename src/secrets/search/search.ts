import type { AnchorHit } from '#artifact/index.ts';
import { asBuffer } from '#foundation/index.ts';
import { type CompiledRule, DEFAULT_SPAN } from '../rules/compile.ts';
import { TextWindow } from '../text/window.ts';
import { isBetter, type Judged, judge } from './candidate.ts';
import { Site } from './match.ts';
import type { RuleSet } from './rule-set.ts';

/** Reports beyond these are counted only: whoever has so many in one file knows by the first. */
const MAX_OF_RULE = 50;
const MAX_OF_FILE = 500;

/** A rule that found so much in one file is not asked again there. */
const ENOUGH = 1000;

/** Attempts of one rule in one file: more than any file of 32 MiB has that is not made to be slow. */
const MAX_ATTEMPTS = 2_000_000;
/** Of rules that look at more than a few kilobytes. */
const MAX_LONG_ATTEMPTS = 50_000;

/** Steps of a user's pattern in one file. */
const MAX_STEPS = 2_000_000_000;

const NEAR = 2048;

export interface Found {
  /** In order of place; none overlaps with another. */
  readonly secrets: readonly Judged[];
  /** Left out since there were too many. */
  readonly uncounted: number;
  /** Rules that were not asked everywhere. */
  readonly curtailed: number;
  /** Left out since the user takes them for none. */
  readonly allowedByValue: number;
}

/** Everything that the rules find at the places where their anchors occur. */
export function searchSecrets(
  { anchors, rulesOf, isAllowedValue }: RuleSet,
  path: string,
  bytes: Uint8Array,
  hits: readonly AnchorHit[],
): Found {
  const window = new TextWindow(bytes);
  const states = new Map<CompiledRule, RuleState>();
  const found: Judged[] = [];
  for (const { anchor, offset } of hits) {
    const site = new Site(window, offset, anchors[anchor]?.length ?? 0);
    for (const compiled of rulesOf[anchor] ?? []) {
      const secret = attempt(stateOf(states, compiled, path), compiled, site, offset, bytes);
      if (secret !== undefined) found.push(secret);
    }
  }
  const curtailed = [...states.values()].filter((state) => state.attemptsLeft < 0).length;
  const secrets = withoutOverlaps(found);
  const meant = secrets.filter(({ secret }) => !isAllowedValue(secret));
  return { ...bounded(meant), curtailed, allowedByValue: secrets.length - meant.length };
}

interface RuleState {
  readonly applies: boolean;
  /** Matches go up to here. */
  covered: number;
  attemptsLeft: number;
  found: number;
}

function stateOf(states: Map<CompiledRule, RuleState>, compiled: CompiledRule, path: string): RuleState {
  const known = states.get(compiled);
  if (known !== undefined) return known;
  const state = { applies: compiled.appliesTo(path), covered: 0, attemptsLeft: mostAttempts(compiled), found: 0 };
  states.set(compiled, state);
  return state;
}

function mostAttempts({ rule: { span = 0, reach = 0, steps = 0 } }: CompiledRule): number {
  const most = span > DEFAULT_SPAN ? MAX_LONG_ATTEMPTS : MAX_ATTEMPTS / (1 + reach);
  return Math.floor(Math.min(most, steps === 0 ? most : MAX_STEPS / steps));
}

function attempt(
  state: RuleState,
  compiled: CompiledRule,
  site: Site,
  offset: number,
  bytes: Uint8Array,
): Judged | undefined {
  if (!state.applies || offset < state.covered || state.attemptsLeft < 0) return undefined;
  state.attemptsLeft -= 1;
  if (state.attemptsLeft < 0) return undefined;
  const candidate = site.match(compiled);
  state.attemptsLeft -= site.effort;
  if (candidate === undefined) return undefined;
  state.covered = candidate.matchEnd;
  const confidence = judge(candidate);
  if (confidence === undefined || !isNear(compiled.rule.near, bytes, candidate.start)) return undefined;
  state.found += 1;
  if (state.found >= ENOUGH) state.attemptsLeft = -1;
  return { ...candidate, confidence };
}

function isNear(words: readonly string[] | undefined, bytes: Uint8Array, at: number): boolean {
  if (words === undefined) return true;
  const around = asBuffer(bytes)
    .toString('latin1', Math.max(0, at - NEAR), at + NEAR)
    .toLowerCase();
  return words.some((word) => around.includes(word));
}

/** Where two rules speak of the same place, the better one stays. */
function withoutOverlaps(found: readonly Judged[]): Judged[] {
  const sorted = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Judged[] = [];
  for (const secret of sorted) {
    const last = kept.at(-1);
    if (last === undefined || secret.start >= last.end) kept.push(secret);
    else if (isBetter(secret, last)) kept[kept.length - 1] = secret;
  }
  return kept;
}

function bounded(found: readonly Judged[]): { secrets: readonly Judged[]; uncounted: number } {
  const counts = new Map<CompiledRule, number>();
  const secrets = found.filter(({ compiled }) => {
    const count = (counts.get(compiled) ?? 0) + 1;
    counts.set(compiled, count);
    return count <= MAX_OF_RULE;
  });
  const kept = secrets.slice(0, MAX_OF_FILE);
  return { secrets: kept, uncounted: found.length - kept.length };
}

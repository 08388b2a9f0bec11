import type { AffectedRange } from '../../advisory.ts';
import { asObjects, asText, type JsonObject } from '../../documents/json-values.ts';

const MAX_EVENTS = 10_000;
/** SHA-1 and SHA-256. */
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

export function isCommitRange(range: JsonObject): boolean {
  return range['type'] === 'GIT';
}

/**
 * The commits that a range names. Commits have no order without their repository, so the events are not paired but kept one by
 * one: what they say of a named commit holds however the others lie. `0` stands for the first commit of the repository.
 *
 * https://ossf.github.io/osv-schema/#affectedrangestype-field
 */
export function commitsOf(range: JsonObject): readonly AffectedRange[] {
  return asObjects(range['events'], MAX_EVENTS).flatMap((event): AffectedRange[] => {
    const introduced = commitIn(event['introduced']);
    const fixed = commitIn(event['fixed']);
    const lastAffected = commitIn(event['last_affected']);
    const limit = commitIn(event['limit']);
    if (introduced !== undefined) return [{ introduced }];
    if (fixed !== undefined) return [{ fixed }];
    if (lastAffected !== undefined) return [{ lastAffected }];
    return limit === undefined ? [] : [{ limit }];
  });
}

function commitIn(value: unknown): string | undefined {
  const text = asText(value)?.toLowerCase();
  if (text === undefined || text === '0') return text;
  return COMMIT.test(text) ? text : undefined;
}

/** `github.com/curl/curl` of `https://github.com/curl/curl.git`. */
export function repositoryOf(part: JsonObject): string | undefined {
  for (const range of asObjects(part['ranges'], MAX_EVENTS)) {
    const named = /^(?:https?|git|ssh):\/\/(?:[^/@\s]{1,64}@)?([^\s?#]{3,300})$/.exec(asText(range['repo']) ?? '')?.[1];
    if (named !== undefined)
      return named
        .replace(/\/$/, '')
        .replace(/\.git$/, '')
        .toLowerCase();
  }
  return undefined;
}

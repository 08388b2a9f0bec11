import type { YamlPath } from '#manifests/index.ts';
import type { Severity } from '#model/index.ts';
import type { Check, CheckHit, NotAnswered, NotApplicable, TextEdit } from '../check.ts';
import type { KubernetesObject } from './object.ts';
import type { Container, Workload } from './workload.ts';

/** A check of Kubernetes objects without its question. */
export type About = Omit<Check<'kubernetes'>, 'subject' | 'maturity' | 'evaluate'>;

/** Where an object fails; the path is in the object. */
export interface Found {
  readonly path: YamlPath;
  readonly message: string;
  /** See `CheckHit`. */
  readonly severity?: Severity;
  readonly fix?: readonly TextEdit[] | undefined;
  /** See `CheckHit`. */
  readonly fixMayBreak?: string | undefined;
}

type Finds<Of extends unknown[]> = { find(...of: Of): Iterable<Found> };

const NO_PODS: NotApplicable = { notApplicable: 'makes no pods' };

/** A question about whatever makes pods, or those of them that it arises for. */
export function workloadCheck({
  find,
  unasked,
  ...about
}: About &
  Finds<[Workload]> & {
    /** Why the question does not arise for a workload, or cannot be answered; where it can, nothing. */
    unasked?(workload: Workload): NotApplicable | NotAnswered | undefined;
  }): Check<'kubernetes'> {
  return declared(about, (object) => {
    const { workload } = object;
    if (workload === undefined) return NO_PODS;
    return unasked?.(workload) ?? hitsAt(object, find(workload));
  });
}

/** A question about each container of a pod, or those with one role only. */
export function containerCheck({
  find,
  only,
  ...about
}: About & Finds<[Container, Workload]> & { readonly only?: Container['role'] }): Check<'kubernetes'> {
  return declared(about, (object) => {
    const { workload } = object;
    if (workload === undefined) return NO_PODS;
    const asked = workload.containers.filter(({ role }) => only === undefined || role === only);
    return hitsAt(
      object,
      eachOf(asked, (container) => find(container, workload)),
    );
  });
}

/** A question about objects of some kinds. */
export function objectCheck({
  find,
  kinds,
  ...about
}: About & Finds<[KubernetesObject]> & { readonly kinds: readonly string[] }): Check<'kubernetes'> {
  const asked = new Set(kinds);
  const other: NotApplicable = { notApplicable: `is no ${kinds.join(' or ')}` };
  return declared(about, (object) => (asked.has(object.kind) ? hitsAt(object, find(object)) : other));
}

/** A question about every object. */
export function anyObjectCheck({ find, ...about }: About & Finds<[KubernetesObject]>): Check<'kubernetes'> {
  return declared(about, (object) => hitsAt(object, find(object)));
}

function declared(about: About, evaluate: Check<'kubernetes'>['evaluate']): Check<'kubernetes'> {
  return { ...about, subject: 'kubernetes', maturity: 'stable', evaluate };
}

/** One by one: whoever asks stops after some hundreds, and each place has to be looked for. */
function* hitsAt(object: KubernetesObject, found: Iterable<Found>): Iterable<CheckHit> {
  for (const { path, message, severity, fix, fixMayBreak } of found) {
    const hit = object.hit(path, message, fix);
    yield { ...hit, ...(severity && { severity }), ...(fixMayBreak !== undefined && { fixMayBreak }) };
  }
}

function* eachOf<From, To>(list: readonly From[], make: (item: From) => Iterable<To>): Iterable<To> {
  for (const item of list) yield* make(item);
}

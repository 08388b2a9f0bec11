import { parseType, type Type } from '#expressions/index.ts';
import { type JsonObject, listAt, textsAt } from '#manifests/index.ts';
import { attestation } from './attestation.ts';
import type { Field, Fields, PolicySubject } from './field.ts';
import { finding } from './finding.ts';
import { image } from './image.ts';
import { sbom } from './sbom.ts';

export type { Field, Fields, PolicySubject } from './field.ts';

/** Kinds of our own that policies are about, beside those of Kubernetes. */
export const policySubjects: readonly PolicySubject[] = [image, finding, sbom, attestation];

/** Their group. They belong to no namespace. */
export const subjectGroup = 'plimsoll.dev';
export const subjectApiVersion = `${subjectGroup}/v1`;

/** Which of our kinds a policy may be about, by its `matchConstraints`. */
export function subjectsOf(constraints: JsonObject): PolicySubject[] {
  const rules = listAt(constraints, 'resourceRules');
  return policySubjects.filter(({ resource }) =>
    rules.some(
      (rule) => includes(textsAt(rule, 'apiGroups'), subjectGroup) && includes(textsAt(rule, 'resources'), resource),
    ),
  );
}

/** The type of `object` in a policy; undefined where it is not about one of our kinds alone. */
export function subjectType(constraints: JsonObject): Type | undefined {
  const rules = listAt(constraints, 'resourceRules');
  const isOursAlone = rules.every((rule) => textsAt(rule, 'apiGroups').every((group) => group === subjectGroup));
  const [subject, ...others] = subjectsOf(constraints);
  return subject && others.length === 0 && isOursAlone ? typeOfSubject(subject) : undefined;
}

function includes(list: readonly string[], one: string): boolean {
  return list.includes('*') || list.includes(one);
}

const METADATA = objectType('plimsoll.dev.Metadata', new Map([['name', parseType('string')]]));

function typeOfSubject({ kind, spec }: PolicySubject): Type {
  const name = `${subjectGroup}.${kind}`;
  const text = parseType('string');
  const fields = new Map([
    ['apiVersion', text],
    ['kind', text],
    ['metadata', METADATA],
    ['spec', typeOfFields(`${name}.spec`, spec)],
  ]);
  return objectType(name, fields);
}

function objectType(name: string, fields: ReadonlyMap<string, Type>): Type {
  return { name, of: [], fields };
}

function typeOfFields(name: string, fields: Fields): Type {
  return objectType(name, new Map(Object.entries(fields).map(([key, one]) => [key, typeOf(`${name}.${key}`, one)])));
}

function typeOf(name: string, { type, fields }: Field): Type {
  if (fields === undefined) return parseType(type);
  const inner = typeOfFields(name, fields);
  return type === 'list' ? { name: 'list', of: [inner] } : inner;
}

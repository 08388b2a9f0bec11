import type { SubjectKind, Subjects } from '#checks/index.ts';

type Parsers = { readonly [Kind in SubjectKind]: (text: string) => Subjects[Kind] };

/** The day on which examples are judged. */
const today = '2026-11-24';

/** How the examples of checks, whole small documents, become subjects. */
const parsers: Parsers = {
  dockerfile: (text) => ({ text }),
  'image-config': () => ({ config: imageConfig(), today }),
};

export function exampleSubject<Kind extends SubjectKind>(kind: Kind, text: string): Subjects[Kind] {
  return parsers[kind](text);
}

function imageConfig(): Subjects['image-config']['config'] {
  return { env: [], entrypoint: [], cmd: [], exposedPorts: [], volumes: [], labels: {}, history: [] };
}

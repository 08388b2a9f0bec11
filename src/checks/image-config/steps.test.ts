import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageConfig } from '#artifact/index.ts';
import { stepsOf } from './steps.ts';

const cases: readonly (readonly [createdBy: string, expected: string])[] = [
  ['/bin/sh -c #(nop)  CMD ["bash"]', 'CMD ["bash"] '],
  ['/bin/sh -c #(nop) ADD file:ab in / ', 'ADD file:ab in /  '],
  ['/bin/sh -c a && b', 'RUN a && b a,b'],
  ['RUN /bin/sh -c a | b # buildkit', 'RUN a | b a,b'],
  ['RUN |2 A=1 B=2 3 /bin/sh -c c d # buildkit', 'RUN c d c'],
  ['RUN /bin/bash -o pipefail -c a # buildkit', 'RUN a a'],
  ['COPY . . # buildkit', 'COPY . . '],
  ['ENV A=b', 'ENV A=b '],
  ['bazel build', 'RUN bazel build bazel'],
  ['', 'RUN  '],
];

for (const [createdBy, expected] of cases) {
  test(createdBy, () => {
    const [step] = stepsOf(configOf(createdBy));
    assert.equal(`${step?.keyword} ${step?.text} ${step?.commands.map(({ program }) => program).join()}`, expected);
  });
}

function configOf(createdBy: string): ImageConfig {
  const none = { env: [], entrypoint: [], cmd: [], exposedPorts: [], volumes: [], labels: {} };
  return { ...none, history: [{ createdBy, emptyLayer: false }] };
}

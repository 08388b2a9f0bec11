import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { opamSwitch } from './index.ts';

const SWITCH = 'opt/opam/5.1.0/.opam-switch';

test('joins descriptions with the state of the switch', () => {
  const files = Object.fromEntries(catalogerSamples('opam-switch').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(opamSwitch, files);
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), ['harbour 2.4.1 direct (MIT, ISC)']);
  assert.equal(packages[0]?.maintainer, 'Packaging Team <packaging@example.org>');
});

test('each switch is on its own, and either file will do', () => {
  const { packages, problems } = catalogFiles(opamSwitch, {
    [`${SWITCH}/switch-state`]:
      'opam-version: "2.0"\nroots: ["harbour.1.0"]\ninstalled: [\n  "harbour.1.0"\n  "tide.v0.16.1+x"\n  "odd"\n]\n',
    'root/.opam/a/.opam-switch/packages/harbour.1.0/opam': 'license: "MIT"\n',
    'srv/src/opam': 'license: "MIT"\n',
  });
  assert.deepEqual(packages.map(packageLine), ['harbour 1.0 direct', 'tide v0.16.1+x transitive', 'harbour 1.0 (MIT)']);
  assert.deepEqual(problems.map(problemLine), ['opam-switch-record-unusable 1']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { erlangApp } from './index.ts';

test('reads the applications of a release, and tells those of Erlang itself', () => {
  const files = Object.fromEntries(catalogerSamples('erlang-app').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(erlangApp, {
    ...files,
    'usr/lib/erlang/lib/stdlib-4.2/ebin/stdlib.app': '{application, stdlib, [{vsn, "4.2"}]}.',
    'srv/odd/ebin/odd.app': '{ application , \'Odd App\' , [ {description,"x"} ]}.',
    'srv/src/harbour.app': '{application, harbour, [{vsn, "1"}]}.',
    'srv/none/ebin/none.app': 'nothing',
  });
  assert.deepEqual(
    packages.map((found) => `${found.type} ${packageLine(found)}`),
    ['hex harbour_charts 2.4.1', 'hex Odd App', 'otp stdlib 4.2'],
  );
  assert.deepEqual(problems.map(problemLine), ['erlang-app-record-unusable 1']);
});

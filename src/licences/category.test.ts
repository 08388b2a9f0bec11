import assert from 'node:assert/strict';
import { test } from 'node:test';
import categories from '../../content/licences/categories.json' with { type: 'json' };
import { judgeLicences, licenceCategories } from './category.ts';
import { exceptionId, licenceId } from './expression.ts';

for (const [statements, expression, category] of [
  [['MIT'], 'MIT', 'permissive'],
  [['CC0-1.0'], 'CC0-1.0', 'unencumbered'],
  [['GPL-2.0-only OR MIT'], '(GPL-2.0-only OR MIT)', 'permissive'],
  [['GPL-2.0-only AND MIT'], 'GPL-2.0-only AND MIT', 'strong-copyleft'],
  [['MIT', 'GPLv3+'], 'MIT AND GPL-3.0-or-later', 'strong-copyleft'],
  [['GPL-2.0-only WITH Classpath-exception-2.0'], 'GPL-2.0-only WITH Classpath-exception-2.0', 'weak-copyleft'],
  [['AGPL-3.0-only'], 'AGPL-3.0-only', 'network-copyleft'],
  [['BUSL-1.1'], 'BUSL-1.1', 'restricted-use'],
  [['MIT', 'see LICENSE'], 'MIT AND see LICENSE', 'unknown'],
  [['AGPL-3.0-only', 'see LICENSE'], 'AGPL-3.0-only AND see LICENSE', 'network-copyleft'],
  [['LicenseRef-ours'], 'LicenseRef-ours', 'unknown'],
  [[], '', 'unknown'],
] as const) {
  test(`${JSON.stringify(statements)} is ${category}`, () =>
    assert.deepEqual(judgeLicences(statements), { expression, category }));
}

test('the categories name listed licences and exceptions, each once', () => {
  const ids = categories.categories.flatMap(({ licences }) => licences);
  assert.deepEqual(
    ids.filter((id) => licenceId(id) !== id && !id.startsWith('LicenseRef-')),
    [],
  );
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
  assert.deepEqual(
    categories.softenedBy.filter((id) => exceptionId(id) !== id),
    [],
  );
  assert.deepEqual(
    categories.categories.map(({ id }) => id).filter((id) => !licenceCategories.some((one) => one === id)),
    [],
  );
});

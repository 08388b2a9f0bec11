import { test } from 'node:test';
import { complianceBrowserFilesModule } from '../../../../test/kit/browser-files.ts';
import { assertMatchesFile } from '../../../../test/kit/snapshot.ts';

test('the embedded style and script are those of browser/', () => {
  assertMatchesFile(complianceBrowserFilesModule(), new URL('./browser-files.ts', import.meta.url));
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contrastRatio } from './contrast.ts';
import { colourPairs } from './pairs.ts';

const css = readFileSync(new URL('./colours.css', import.meta.url), 'utf8');

/** Later blocks change what earlier ones say, as in the browser. */
const themes = new Map([
  ['light', colours('[data-theme="light"]')],
  ['dark', colours('[data-theme="dark"]')],
  [
    'light, more contrast',
    { ...colours('[data-theme="light"]'), ...colours('[data-theme="light"][data-contrast="more"]') },
  ],
  [
    'dark, more contrast',
    { ...colours('[data-theme="dark"]'), ...colours('[data-theme="dark"][data-contrast="more"]') },
  ],
]);

function colours(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  assert.ok(start >= 0, selector);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

test('the ratio is that of the recommendation', () => {
  assert.equal(contrastRatio('#000000', '#ffffff'), 21);
  assert.equal(contrastRatio('#777777', '#ffffff').toFixed(2), '4.48');
});

test('every pair of colours that is used can be told apart in every theme', () => {
  const faults: string[] = [];
  for (const [theme, named] of themes)
    for (const { front, behind, ratio } of colourPairs) {
      const [one, other] = [named[front], named[behind]];
      assert.ok(one && other, `${front} or ${behind} is not in ${theme}`);
      const has = contrastRatio(one, other);
      if (has < ratio) faults.push(`${theme}: ${front} on ${behind} has ${has.toFixed(2)} of ${ratio}`);
    }
  assert.deepEqual(faults, []);
});

test('with more contrast, text has 7 to 1', () => {
  for (const [theme, named] of themes) {
    if (!theme.includes('more')) continue;
    for (const { front, behind, ratio } of colourPairs) {
      if (ratio === 3 || front.startsWith('on-')) continue;
      const has = contrastRatio(named[front] ?? '', named[behind] ?? '');
      assert.ok(has >= 7, `${theme}: ${front} on ${behind} has ${has.toFixed(2)}`);
    }
  }
});

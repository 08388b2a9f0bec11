import assert from 'node:assert/strict';
import { test } from 'node:test';
import { xmlText } from './xml-text.ts';

test('mark-up, white space and what acts are written as references, what XML cannot hold is replaced', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['a & b <c> "d" \'e\'', 'a &amp; b &lt;c&gt; &quot;d&quot; &apos;e&apos;'],
    ['a\tb\nc\r', 'a&#x9;b&#xA;c&#xD;'],
    ['\u202e\u009b', '&#x202E;&#x9B;'],
    ['a\u0000b\ud800c\uffff', 'a\ufffdb\ufffdc\ufffd'],
    ['漢字 🚢', '漢字 🚢'],
  ];
  for (const [text, xml] of rows) assert.equal(xmlText(text), xml);
});

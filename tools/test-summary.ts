// Test reporter: failures in full, every skip with its reason, and one closing line of counts.
import type { TestEvent } from 'node:test/reporters';

interface Counts {
  passed: number;
  failed: number;
  readonly skipped: Map<string, number>;
}

export default async function* summary(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts: Counts = { passed: 0, failed: 0, skipped: new Map() };
  for await (const event of source) {
    if (event.type === 'test:fail' || event.type === 'test:pass') yield* count(event, counts);
  }
  yield '\n';
  for (const [reason, times] of counts.skipped) yield `skipped ${times}: ${reason}\n`;
  const skipped = [...counts.skipped.values()].reduce((sum, times) => sum + times, 0);
  yield `${counts.passed} passed, ${counts.failed} failed, ${skipped} skipped\n`;
}

function* count(event: Extract<TestEvent, { type: 'test:fail' | 'test:pass' }>, counts: Counts): Generator<string> {
  const { data } = event;
  if (data.skip !== undefined && data.skip !== false) {
    const reason = typeof data.skip === 'string' ? data.skip : 'no reason given';
    counts.skipped.set(reason, (counts.skipped.get(reason) ?? 0) + 1);
  } else if (data.details.type === 'suite') {
    return;
  } else if (event.type === 'test:pass') {
    counts.passed += 1;
  } else {
    counts.failed += 1;
    yield `\n✖ ${data.file ?? ''}: ${data.name}\n`;
    const { error } = event.data.details;
    yield `${String(error.cause instanceof Error ? error.cause.stack : (error.cause ?? error.stack))}\n`;
  }
}

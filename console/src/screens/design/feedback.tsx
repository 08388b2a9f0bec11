import { Button } from '../../components/button.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { tell } from '../../components/toast.tsx';
import { Section } from '../../shell/page.tsx';

const DIFF = `--- a/Dockerfile
+++ b/Dockerfile
@@ -1,2 +1,2 @@
-FROM debian:12
+FROM debian:12.8-slim
 RUN apt-get update`;

export function Feedback() {
  return (
    <>
      <Section title="Fixes to copy">
        <CodeBlock label="Change of Dockerfile" code={DIFF} isDiff />
        <CodeBlock label="Command" code="plimsoll fix . --write" />
      </Section>
      <Section title="Timeline">
        <Timeline
          entries={[
            {
              id: 2,
              at: '2026-11-20T09:00:00Z',
              icon: 'comment',
              by: 'Somebody',
              what: 'commented',
              detail: 'The base image has the fix since Tuesday.',
            },
            { id: 1, at: '2026-11-18T16:20:00Z', icon: 'plus', by: 'Plimsoll', what: 'found it first' },
          ]}
        />
      </Section>
      <Section title="While loading, when empty, when done">
        <div className="grid gap-4 sm:grid-cols-2">
          <div className="rounded-l border border-line">
            <SkeletonRows rows={5} label="An example of loading" />
          </div>
          <div className="rounded-l border border-line">
            <EmptyState
              icon="findings"
              title="Nothing has been scanned yet"
              action={<Button look="primary">How to send a report</Button>}
            >
              <p>Findings appear here once a report comes in.</p>
            </EmptyState>
          </div>
        </div>
        <div className="flex gap-2">
          <Button onClick={() => tell('Assigned to you', { undo: () => tell('Taken back') })}>Tell, with undo</Button>
          <Button onClick={() => tell('The server does not answer', { look: 'failed' })}>Tell a failure</Button>
        </div>
      </Section>
    </>
  );
}

import { useSyncExternalStore } from 'react';
import { PlainTable } from '../../components/chart-frame.tsx';
import { contrastRatio } from '../../design/contrast.ts';
import { colourPairs } from '../../design/pairs.ts';
import { Section } from '../../shell/page.tsx';

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true });
  return () => observer.disconnect();
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The pairs that are used, with their ratio in the theme that is on. */
export function Colours() {
  const { theme, contrast } = document.documentElement.dataset;
  useSyncExternalStore(subscribe, () => JSON.stringify(document.documentElement.dataset));
  const fronts = [...new Set(colourPairs.map(({ front }) => front))];
  return (
    <Section
      title="Colour"
      about={`Theme ${theme}, contrast ${contrast}. A test computes every pair in every theme: text 4.5 to 1, edges of controls 3 to 1, with high contrast 7 to 1.`}
    >
      <PlainTable
        label="Pairs of colours"
        head={['Token', 'Sample', 'Least contrast', 'On']}
        rows={fronts.map((front) => {
          const pairs = colourPairs
            .filter((pair) => pair.front === front)
            .map((pair) => ({ ...pair, has: contrastRatio(colour(front), colour(pair.behind)) }));
          const least = pairs.toSorted((one, other) => one.has - other.has)[0];
          return [
            <code key="token">--{front}</code>,
            <Sample key="sample" front={front} behind={least?.behind ?? 'surface'} isText={least?.ratio !== 3} />,
            least === undefined ? '' : `${least.has.toFixed(2)} of ${least.ratio}`,
            pairs.map(({ behind }) => behind).join(', '),
          ];
        })}
      />
    </Section>
  );
}

/** What is no text is shown as the edge that it draws. */
function Sample({
  front,
  behind,
  isText,
}: {
  readonly front: string;
  readonly behind: string;
  readonly isText: boolean;
}) {
  const colours = {
    background: `var(--${behind})`,
    ...(isText ? { color: `var(--${front})` } : { borderColor: `var(--${front})` }),
  };
  return (
    <span className="inline-block h-6 min-w-20 rounded-s border border-line px-2 py-0.5 text-small" style={colours}>
      {isText && 'Load line'}
    </span>
  );
}

import Graph from 'graphology';
import { useEffect, useRef } from 'react';
import Sigma from 'sigma';
import type { Workload } from './data.ts';
import { placesOf } from './layout.ts';

const OUTSIDE = 'outside';

/** The map as a picture: WebGL, so that thousands of workloads can be moved about. The table has the same. */
export function Picture({
  workloads,
  onOpen,
}: {
  readonly workloads: readonly Workload[];
  readonly onOpen: (id: string) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let renderer = draw(element, workloads, onOpen);
    // The canvas has the colours that it was drawn with.
    const theme = new MutationObserver(() => {
      renderer.kill();
      renderer = draw(element, workloads, onOpen);
    });
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      theme.disconnect();
      renderer.kill();
    };
  }, [workloads, onOpen]);
  return <div ref={place} aria-hidden="true" className="min-h-0 flex-1" />;
}

function draw(element: HTMLElement, workloads: readonly Workload[], onOpen: (id: string) => void): Sigma {
  const style = getComputedStyle(element);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const renderer = new Sigma(graphOf(workloads, colour), element, {
    settings: { allowInvalidContainer: true, itemSizesReference: 'screen', labelRenderedSizeThreshold: 6 },
    styles: {
      nodes: {
        x: { attribute: 'x' },
        y: { attribute: 'y' },
        size: { attribute: 'size' },
        color: { attribute: 'color' },
        label: { attribute: 'label' },
        labelColor: colour('--ink'),
        labelSize: 12,
        labelFont: style.fontFamily,
        labelVisibility: { attribute: 'labelVisibility', defaultValue: 'auto' },
        // biome-ignore lint/suspicious/noThenProperty: the word of the library for a condition, which is never awaited
        backdropVisibility: { whenState: 'isHovered', then: 'visible', else: 'hidden' },
        backdropColor: colour('--raised'),
        backdropShadowColor: colour('--line-strong'),
        backdropShadowBlur: 4,
        backdropPadding: 4,
      },
      edges: { size: { attribute: 'size' }, color: { attribute: 'color' } },
    },
  });
  renderer.on('clickNode', ({ node }) => {
    if (workloads.some(({ id }) => id === node)) onOpen(node);
  });
  return renderer;
}

function graphOf(workloads: readonly Workload[], colour: (token: string) => string): Graph {
  const graph = new Graph();
  const namespaces = [...Map.groupBy(workloads, ({ namespace }) => namespace)];
  const places = placesOf(namespaces.map(([, list]) => list.length));
  if (workloads.some(({ exposure }) => exposure === 'internet'))
    graph.addNode(OUTSIDE, {
      x: 0,
      y: 0,
      size: 12,
      color: colour('--muted'),
      label: 'the internet',
      labelVisibility: 'visible',
    });
  for (const [index, [namespace, list]] of namespaces.entries()) {
    const spot = places[index];
    if (spot === undefined) continue;
    graph.addNode(`namespace ${namespace}`, {
      ...spot.title,
      size: 1,
      color: colour('--line'),
      label: namespace,
      labelVisibility: 'visible',
    });
    for (const [at, workload] of list.entries()) {
      const isExposed = workload.exposure === 'internet';
      graph.addNode(workload.id, {
        ...(spot.workloads[at] ?? spot.middle),
        size: Math.min(10, 3 + Math.sqrt(workload.openFindings)),
        color: colour(isExposed ? '--bad' : workload.exposure === 'unknown' ? '--unknown' : '--accent'),
        label: workload.name,
      });
      if (isExposed) graph.addEdge(OUTSIDE, workload.id, { size: 1, color: colour('--bad') });
    }
  }
  return graph;
}

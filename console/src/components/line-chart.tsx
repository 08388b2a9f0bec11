import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** A colour token: `--accent`. */
  readonly colour: string;
  /** What is wanted, not what was. */
  readonly isDashed?: boolean;
}

const HEIGHT = 220;

/** Values over days; always in a `ChartFrame`, which has the same as a table. Loaded with the screens that need it. */
export function LineChart({
  days,
  lines,
  format,
}: {
  /** ISO dates, oldest first. */
  readonly days: readonly string[];
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const draw = () => new uPlot(optionsOf(element, lines, format), dataOf(days, lines), element);
    let chart = draw();
    const redraw = () => {
      chart.destroy();
      chart = draw();
    };
    const size = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    size.observe(element);
    // The canvas has the colours that it was drawn with.
    const theme = new MutationObserver(redraw);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      size.disconnect();
      theme.disconnect();
      chart.destroy();
    };
  }, [days, lines, format]);
  return <div ref={place} className="w-full" style={{ height: HEIGHT + 34 }} />;
}

function dataOf(days: readonly string[], lines: readonly Line[]): uPlot.AlignedData {
  return [days.map((day) => Date.parse(day) / 1000), ...lines.map(({ values }) => [...values])];
}

function optionsOf(element: HTMLElement, lines: readonly Line[], format: (value: number) => string): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const axis = {
    stroke: colour('--muted'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1 },
    font: `11px ${style.fontFamily}`,
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: lines.length > 1, live: false },
    cursor: { points: { size: 6 } },
    scales: { x: { time: true }, y: { range: (_, low, high) => [Math.min(0, low), high <= 0 ? 1 : high * 1.08] } },
    axes: [axis, { ...axis, size: 64, values: (_, splits) => splits.map((one) => format(one)) }],
    series: [
      {},
      ...lines.map(({ label, colour: token, isDashed }) => ({
        label,
        stroke: colour(token),
        width: 2,
        spanGaps: false,
        points: { show: false },
        ...(isDashed && { dash: [5, 5], width: 1.5 }),
      })),
    ],
  };
}

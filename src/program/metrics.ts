import { aged, type Facts, sumOf } from './facts.ts';
import type { Metric, MetricValue } from './metric.ts';
import { medianOf, survivalOf } from './survival.ts';

const count = (facts: Facts, name: keyof Facts): number => facts[name] ?? 0;

function share(numerator: number, denominator: number, unknown = 0): MetricValue {
  return { value: denominator === 0 ? null : numerator / denominator, numerator, denominator, unknown };
}

function duration(window: Facts, ended: 'fixed' | 'heard', waiting: 'open' | 'silent', last: Facts): MetricValue {
  const events = aged(window, ended);
  const survival = survivalOf(events, aged(window, waiting));
  const open = sumOf(aged(last, waiting));
  const numerator = sumOf(events);
  return {
    value: survival?.mean ?? null,
    numerator,
    denominator: numerator + open,
    unknown: 0,
    details: {
      median: survival?.median ?? null,
      left: survival?.left ?? null,
      stillOpen: open,
      daysAtRisk: survival?.exposure ?? 0,
    },
  };
}

const detect: Metric = {
  id: 'mttd',
  title: 'Time to detect',
  unit: 'days',
  better: 'lower',
  about:
    'Median days from the publication of a weakness until it was found here, of findings that were published when the asset was known already. What was published before is left out; what has no date is unknown.',
  of: 'findings',
  filter: 'seen>={from}',
  value({ window }) {
    const found = aged(window, 'found');
    const total = sumOf(found);
    return { value: medianOf(found), numerator: total, denominator: total, unknown: count(window, 'found_undated') };
  },
};

const acknowledge: Metric = {
  id: 'mtta',
  title: 'Time to acknowledge',
  unit: 'days',
  better: 'lower',
  about:
    'Mean days until a person first did something about a finding: took or gave it, started, commented or decided. Findings that nobody has touched count with the days that they have waited.',
  of: 'findings',
  filter: 'is:open assignee:none',
  value: ({ window, last }) => duration(window, 'heard', 'silent', last),
};

const repair: Metric = {
  id: 'mttr',
  title: 'Time to fix',
  unit: 'days',
  better: 'lower',
  about:
    'Mean days until a complete scan proves the fix, up to a year. Open findings count with the days that they have been open, and decided ones with the days until the decision (Kaplan-Meier): leaving them out would make slow work look fast.',
  of: 'findings',
  filter: 'is:fixed fixed>={from}',
  value: ({ window, last }) => duration(window, 'fixed', 'open', last),
};

const sla: Metric = {
  id: 'sla-kept',
  title: 'Due dates kept',
  unit: 'share',
  better: 'higher',
  about:
    'Fixed in time, of all that were fixed with a due date and all that are open after theirs. What was fixed without a due date is unknown.',
  of: 'findings',
  filter: 'is:overdue',
  value({ window, last }) {
    const inTime = count(window, 'fixed_in_time');
    const all = inTime + count(window, 'fixed_late') + count(last, 'overdue');
    return share(inTime, all, count(window, 'fixed_undated'));
  },
};

const backlog: Metric = {
  id: 'backlog',
  title: 'Open findings',
  unit: 'findings',
  better: 'lower',
  about: 'Findings that are open at the end of the day. Those without a due date are counted as unknown, too.',
  of: 'findings',
  filter: 'is:open',
  value({ last, window }) {
    const open = sumOf(aged(last, 'open'));
    const details = {
      overdue: count(last, 'overdue'),
      opened: count(window, 'opened'),
      reopened: count(window, 'reopened'),
      fixed: sumOf(aged(window, 'fixed')),
    };
    return { value: open, numerator: open, denominator: open, unknown: count(last, 'open_undated'), details };
  },
};

const ageing: Metric = {
  id: 'ageing',
  title: 'Open for more than 90 days',
  unit: 'share',
  better: 'lower',
  about: 'Of the open findings, those that have been open for more than 90 days.',
  of: 'findings',
  filter: 'is:open seen<{ninety}',
  value({ last }) {
    const open = aged(last, 'open');
    const value = share(sumOf(open.slice(8)), sumOf(open));
    const details = {
      median: medianOf(open),
      upTo7: sumOf(open.slice(0, 3)),
      upTo30: sumOf(open.slice(3, 5)),
      upTo90: sumOf(open.slice(5, 8)),
      older: sumOf(open.slice(8)),
    };
    return { ...value, details };
  },
};

const recurrence: Metric = {
  id: 'recurrence',
  title: 'Came back',
  unit: 'share',
  better: 'lower',
  about: 'Findings that were opened again, for each that was opened or opened again in the window.',
  of: 'findings',
  filter: 'is:reopened',
  value({ window }) {
    const again = count(window, 'reopened');
    return share(again, again + count(window, 'opened'));
  },
};

const exposure: Metric = {
  id: 'exposure-days',
  title: 'Exposure',
  unit: 'finding-days',
  better: 'lower',
  about:
    'Days that findings were open in the window, added: ten findings for a week are seventy. The denominator is the days of the window.',
  of: 'findings',
  filter: 'is:open',
  value({ window, days }) {
    const open = sumOf(aged(window, 'open'));
    return { value: open, numerator: open, denominator: days, unknown: 0 };
  },
};

const debt: Metric = {
  id: 'exception-debt',
  title: 'Accepted risk',
  unit: 'share',
  better: 'lower',
  about: 'Findings that somebody has accepted for a while, of those and the open ones.',
  of: 'findings',
  filter: 'state:accepted',
  value({ last, window }) {
    const accepted = count(last, 'accepted');
    const details = { became: count(window, 'became_accepted') };
    return { ...share(accepted, accepted + sumOf(aged(last, 'open'))), details };
  },
};

const noise: Metric = {
  id: 'noise',
  title: 'Noise',
  unit: 'share',
  better: 'lower',
  about:
    'Findings that turned out to be false or to affect nothing, of all that ended in the window: fixed, accepted or that.',
  of: 'findings',
  filter: 'state:false-positive,not-affected',
  value({ window }) {
    const noise = count(window, 'became_noise');
    return share(noise, noise + count(window, 'became_accepted') + sumOf(aged(window, 'fixed')));
  },
};

function coverage(id: string, title: string, about: string, value: Metric['value']): Metric {
  return { id, title, unit: 'share', better: 'higher', about, of: 'assets', filter: undefined, value };
}

const scanned = coverage(
  'coverage-scanned',
  'Scanned',
  'Assets of which a complete report is at most a week old, of all assets that are known.',
  ({ last }) => share(count(last, 'scanned'), count(last, 'assets')),
);

const inventoried = coverage(
  'coverage-sbom',
  'With an inventory',
  'Current artifacts of which all packages are known, of all current artifacts.',
  ({ last }) => share(count(last, 'inventoried'), count(last, 'artifacts')),
);

const signed = coverage(
  'coverage-signed',
  'Signed',
  'Current images with a signature that was verified, of those where signatures were looked at. Where nobody looked, it is unknown.',
  ({ last }) => {
    const [good, bad] = [count(last, 'signed'), count(last, 'unsigned')];
    return share(good, good + bad, Math.max(0, count(last, 'artifacts') - good - bad));
  },
);

const watched = coverage(
  'coverage-agent',
  'Watched by an agent',
  'Hosts whose agent has reported within the last quarter of an hour, of hosts that have had one. Hosts that never had one are unknown.',
  ({ last }) => {
    const [alive, away] = [count(last, 'watched'), count(last, 'unwatched')];
    return share(alive, alive + away, Math.max(0, count(last, 'hosts') - alive - away));
  },
);

/** In the order in which they are shown. */
export const metrics: readonly Metric[] = [
  detect,
  acknowledge,
  repair,
  sla,
  backlog,
  ageing,
  recurrence,
  exposure,
  debt,
  noise,
  scanned,
  inventoried,
  signed,
  watched,
];

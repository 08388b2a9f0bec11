import { z } from 'zod';
import { systemFigures } from '#storage/index.ts';
import { Download } from '../../download.ts';
import { nothing, type Route, route } from '../../route.ts';
import { metricsMediaType, renderMetrics } from '../../telemetry/metrics.ts';
import { known, needUnlimited } from '../accounts/rights.ts';

const scrape = route({
  id: 'getPrometheusMetrics',
  method: 'GET',
  path: '/metrics',
  summary: 'Figures of this process and of the work of all, in the text format of Prometheus',
  permission: 'system:metrics',
  ...nothing,
  answer: z.instanceof(Download),
  async handle({ principal }, { query, now }) {
    needUnlimited(known(principal), 'system:metrics');
    return new Download(metricsMediaType, undefined, await renderMetrics(await systemFigures(query, now())));
  },
});

export const metricsRoutes: readonly Route[] = [scrape];

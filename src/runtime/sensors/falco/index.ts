import { z } from 'zod';
import { err, ok } from '#foundation/index.ts';
import type { IngestFormat } from '../ingest/ingest.ts';
import { microsecondsOf } from '../ingest/time.ts';

const falcoAlert = z.object({
  time: z.string(),
  rule: z.string(),
  priority: z.string(),
  output: z.string().default(''),
  source: z.string().default('syscall'),
  hostname: z.string().optional(),
  tags: z.array(z.string()).nullish(),
  output_fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
});

/** Falco's `json_output`: finished alerts, of Falco's rules. Our own rules see nothing of what was no alert there. */
export const falcoFormat: IngestFormat = {
  id: 'falco',
  title: 'Alerts of Falco (JSON)',
  references: ['https://falco.org/docs/concepts/outputs/formatting/'],
  maturity: 'stable',
  requires: 'Falco with json_output: true, written to a file or a pipe, or sent with http_output',
  blindTo: ['everything that no rule of Falco reported'],
  read(record) {
    const parsed = falcoAlert.safeParse(record);
    if (!parsed.success) return err('is not an alert of Falco: time, rule and priority are needed');
    const { time, rule, priority, output, tags, output_fields: fields } = parsed.data;
    const timeUs = microsecondsOf(time);
    if (timeUs === undefined) return err(`has a time that cannot be read: ${time.slice(0, 40)}`);
    const dropped = fields['n_drops'];
    if (rule.startsWith('Falco internal: syscall event drop')) {
      return ok([{ kind: 'loss', timeUs, lost: Number(dropped ?? 0) || undefined, detail: output }]);
    }
    return ok([{ kind: 'alert', alert: { tool: 'falco', timeUs, rule, priority, output, tags: tags ?? [], fields } }]);
  },
};

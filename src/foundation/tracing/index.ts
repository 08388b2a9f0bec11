import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { programVersion } from '../version.ts';

export interface Traced {
  /** `GET /api/v1/findings/{id}`, `job ownership.apply`: of few different values. */
  readonly name: string;
  readonly kind: 'server' | 'client' | 'internal';
  /** By OpenTelemetry's semantic conventions; no secrets, and nothing that a user typed. */
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** Headers of a request, which may say whose part this is (`traceparent`). */
  readonly carrier?: Readonly<Record<string, unknown>>;
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

/** Does the work as a span of OpenTelemetry. Where the user brought no SDK it is only done. */
export function traced<T>({ name, kind, attributes, carrier }: Traced, work: () => Promise<T>): Promise<T> {
  const parent = carrier === undefined ? context.active() : propagation.extract(context.active(), carrier);
  const options = { kind: KINDS[kind], ...(attributes && { attributes }) };
  return trace.getTracer('plimsoll', programVersion).startActiveSpan(name, options, parent, async (span) => {
    try {
      return await work();
    } catch (error) {
      // The kind alone: messages may hold what must not leave.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'thrown' });
      throw error;
    } finally {
      span.end();
    }
  });
}

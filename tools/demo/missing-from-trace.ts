import { type LogRecord, type Span, type Trace, traceTree } from '@org/otel-testing/collector';
import { type ExpectedSpan, expectedChain } from './expected-chain.ts';

/** In what a trace differs from the chain of this path, its log lines included; empty when it is exactly that. */
export function missingFromTrace(
  trace: Trace | undefined,
  logs: LogRecord[],
  path: string,
): string[] {
  if (!trace) return ['the trace'];
  const roots = traceTree(trace.spans);
  if (roots.length > 1) return [`one root (there are ${roots.length})`];
  const missing: string[] = [];
  let level = roots;
  for (const expected of expectedChain(path)) {
    const node = level.find(({ span }) => isExpected(span, expected));
    if (!node) return [...missing, describe(expected)];
    if (expected.logs && !hasLine(logs, node.span))
      missing.push(`log line of ${describe(expected)}`);
    level = [...node.children];
  }
  const extra = trace.spans.length - expectedChain(path).length;
  if (extra > 0) missing.push(`a tree without ${extra} unexpected span${extra === 1 ? '' : 's'}`);
  return missing;
}

function isExpected(span: Span, { service, kind, name = span.name }: ExpectedSpan): boolean {
  const named = typeof name === 'string' ? name === span.name : name.test(span.name);
  return span.service === service && span.kind === kind && named;
}

function hasLine(logs: LogRecord[], span: Span): boolean {
  return logs.some((log) => log.service === span.service && log.spanId === span.spanId);
}

function describe({ service, kind, name }: ExpectedSpan): string {
  return `${kind} span of ${service}${name ? ` named ${name}` : ''}`;
}

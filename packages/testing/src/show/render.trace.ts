import type { SpanNode, Trace } from '../store/trace.ts';
import { traceTree } from '../store/trace.ts';
import type { Span, SpanEvent } from '../telemetry.ts';
import { oneLine } from './one.line.ts';
import { type Paint, paint, type RenderOptions, serviceStyle } from './paint.ts';
import { plural } from './plural.ts';
import { type TreeLine, treeLines } from './tree.lines.ts';

/**
 * Draws a trace as a tree: service, name, kind, duration, status and events of each span. Ends without a newline.
 * @example
 * for (const trace of store.traces()) console.log(renderTrace(trace, { colour: process.stdout.isTTY }));
 */
export function renderTrace(trace: Trace, options: RenderOptions = {}): string {
  const brush = paint(options);
  const roots = traceTree(trace.spans);
  const lines = treeLines(roots, (node) => node.children);
  const width = Math.max(0, ...lines.map((line) => label(line).length));
  const drawn = lines.flatMap((line) => spanLines(line, width, brush, roots.includes(line.node)));
  return [heading(trace, roots, brush), ...drawn].join('\n');
}

function heading(trace: Trace, roots: readonly SpanNode[], brush: Paint): string {
  const services = new Set(trace.spans.map((span) => span.service)).size;
  const counts = [
    plural(trace.spans.length, 'span'),
    plural(services, 'service'),
    ...(roots.length === 1 ? [] : [`${roots.length} roots`]),
  ];
  return `${brush('bold', `trace ${trace.traceId}`)}  ${brush('dim', counts.join(', '))}`;
}

function label({ branch, node }: TreeLine<SpanNode>): string {
  return `${branch}${serviceOf(node.span)}  ${oneLine(node.span.name)}`;
}

function serviceOf(span: Span): string {
  return oneLine(span.service) || '(no service.name)';
}

function spanLines(line: TreeLine<SpanNode>, width: number, brush: Paint, root: boolean): string[] {
  const { span } = line.node;
  const service = serviceOf(span);
  const name = oneLine(span.name).padEnd(width - line.branch.length - service.length - 2);
  const shownName = span.status.code === 'error' ? brush('red', name) : name;
  const labelled = `${line.branch}${brush(serviceStyle(service), service)}  ${shownName}`;
  const facts = [span.kind.padEnd(8), duration(span).padStart(9), status(span, brush)];
  const orphan =
    root && span.parentSpanId !== ''
      ? brush('dim', `(parent ${span.parentSpanId} did not arrive)`)
      : '';
  const first = [labelled, ...facts, orphan].join('  ').trimEnd();
  return [first, ...span.events.map((event) => `${line.below}${eventLine(event, span, brush)}`)];
}

/** The time between two moments in nanoseconds, in milliseconds with a unit. */
function milliseconds(nanoseconds: bigint): string {
  return `${(Number(nanoseconds) / 1e6).toFixed(2)} ms`;
}

function duration(span: Span): string {
  return milliseconds(span.endTime - span.startTime);
}

function status(span: Span, brush: Paint): string {
  const { code, message } = span.status;
  if (code === 'unset') return '';
  if (code === 'ok') return brush('green', 'OK');
  return brush('red', `ERROR${message ? ` ${oneLine(message)}` : ''}`);
}

function eventLine(event: SpanEvent, span: Span, brush: Paint): string {
  const type = event.attributes['exception.type'];
  const message = event.attributes['exception.message'];
  const exception = [type, message].filter((part) => part !== undefined).join(': ');
  const text = `${oneLine(event.name)}${exception ? ` ${oneLine(exception)}` : ''}`;
  const after = brush('dim', `+${milliseconds(event.time - span.startTime)}`);
  return `${brush(event.name === 'exception' ? 'red' : 'dim', `• ${text}`)}  ${after}`;
}

import type { DataPoint, Metric } from '../telemetry.ts';
import { oneLine } from './one.line.ts';
import { paint, type RenderOptions, serviceStyle } from './paint.ts';
import { showRecord } from './show.value.ts';

/** Writes a metric as one line for its name, unit and type, and one for each of its data points. Ends without a newline. */
export function renderMetric(metric: Metric, options: RenderOptions = {}): string {
  const brush = paint(options);
  const service = oneLine(metric.service);
  const unit = metric.unit ? ` (${oneLine(metric.unit)})` : '';
  const nature = [metric.type, metric.temporality, metric.monotonic ? 'monotonic' : undefined];
  const facts = nature.filter((part) => part !== undefined).join(', ');
  const name = `${brush('bold', oneLine(metric.name))}${unit}`;
  const head = `${brush(serviceStyle(service), service)}  ${name}  ${brush('dim', facts)}`;
  const points = metric.points.map((point) => {
    const attributes = showRecord(point.attributes);
    return `   ${renderPoint(point)}${attributes && brush('dim', `  ${attributes}`)}`;
  });
  return [head, ...points].join('\n');
}

/** What a data point says, without its attributes: `42`, or `count=3 sum=0.25`. */
function renderPoint(point: DataPoint): string {
  if (point.value !== undefined) return String(point.value);
  const { count, sum, min, max } = point;
  const parts = Object.entries({ count, sum, min, max }).filter(([, value]) => value !== undefined);
  return parts.map(([key, value]) => `${key}=${value}`).join(' ') || '(no value)';
}

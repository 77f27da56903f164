import type { ExpositionFormat } from './exposition.ts';

/** What a scraper asks for in its Accept header: OpenMetrics where it is liked at least as much as plain text. */
export function preferredFormat(accept = ''): ExpositionFormat {
  const likings = accept.split(',').map(likingOf);
  const best = (type: string) =>
    Math.max(0, ...likings.filter((liking) => liking.type === type).map(({ q }) => q));
  const open = best('application/openmetrics-text');
  return open > 0 && open >= best('text/plain') ? 'openmetrics' : 'prometheus';
}

function likingOf(part: string): { type: string; q: number } {
  const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { type, q: q === undefined ? 1 : Number(q) || 0 };
}

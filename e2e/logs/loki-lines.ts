import type { ShownLine } from './grafana-files.ts';

/** The lines of the last hour that a LogQL query finds, as Grafana gets them. */
export async function lokiLines(loki: string, query: string): Promise<ShownLine[]> {
  const start = `${Date.now() - 3_600_000}000000`;
  const parameters = new URLSearchParams({ query, start, limit: '5000' });
  const response = await fetch(`${loki}/loki/api/v1/query_range?${parameters}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${query}: ${response.status} ${text}`);
  const { data } = JSON.parse(text) as {
    data: { result: { stream: Record<string, string>; values: [string, string][] }[] };
  };
  return data.result.flatMap(({ stream, values }) =>
    values.map(([, line]) => ({ line, labels: stream })),
  );
}

/** What a LogQL query that counts answers, by the value of one label. */
export async function lokiCounts(
  loki: string,
  query: string,
  label: string,
): Promise<Record<string, number>> {
  const asked = `${loki}/loki/api/v1/query?${new URLSearchParams({ query })}`;
  type Counted = { result: { metric: Record<string, string>; value: [number, string] }[] };
  const { result } = await ask<Counted>(asked);
  return Object.fromEntries(
    result.map(({ metric, value }) => [metric[label] ?? '', Number(value[1])]),
  );
}

/** How many values each label has; structured metadata are no labels. */
export async function lokiLabels(loki: string): Promise<Record<string, number>> {
  const names = await ask<string[]>(`${loki}/loki/api/v1/labels`);
  const counts = names.map(async (name) => {
    const values = await ask<string[]>(`${loki}/loki/api/v1/label/${name}/values`);
    return [name, values.length] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

async function ask<T>(url: string): Promise<T> {
  return ((await (await fetch(url)).json()) as { data: T }).data;
}

const apiNodeUrl = process.env['API_NODE_URL'] ?? 'http://localhost:3000';

/** What api-node answers on this path; throws if it answers with an error or not within ten seconds. */
export async function askApiNode(path: string): Promise<unknown> {
  const response = await fetch(new URL(path, apiNodeUrl), { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`api-node answered ${response.status} on ${path}`);
  return response.json();
}

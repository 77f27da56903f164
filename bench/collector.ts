// A process that takes what the servers export and counts it; as cheap as can be, because it
// shares a core with the load generator, and at times with the server. Each server has receivers of its own.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { CollectorCounts, Question, ReceiverPorts } from './collector-process.ts';
import { countAgentSpans } from './count-agent-spans.ts';
import { countSpans } from './count-spans.ts';

const receivers = new Map<number, { counts: CollectorCounts; close(): void }>();

process.on('message', async (question: Question) => {
  if (question.close !== undefined) receivers.get(question.close)?.close();
  process.send?.(question.open ? await open() : (receivers.get(question.count ?? 0)?.counts ?? {}));
});
process.on('disconnect', () => process.exit());

/** HTTP for OTLP and for what a Datadog agent is sent, and UDP for the metrics that it is sent. */
async function open(): Promise<ReceiverPorts> {
  const counts: CollectorCounts = {
    spans: 0,
    traceRequests: 0,
    traceBytes: 0,
    metricRequests: 0,
  };
  const server = createServer(async function receive(request, response) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    count(counts, request, Buffer.concat(chunks));
    acknowledge(request, response);
  }).listen(0, '127.0.0.1');
  const socket = createSocket('udp4', () => {
    counts.metricRequests += 1;
  }).bind(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(socket, 'listening')]);
  const { port } = server.address() as AddressInfo;
  const close = () => {
    receivers.delete(port);
    socket.close();
    server.close();
    server.closeAllConnections();
  };
  receivers.set(port, { counts, close });
  return { port, statsdPort: socket.address().port };
}

function count(counts: CollectorCounts, request: IncomingMessage, body: Buffer): void {
  if (request.url === '/v1/metrics') counts.metricRequests += 1;
  const countIn = request.url ? spanCounters[request.url] : undefined;
  if (!countIn) return;
  counts.traceRequests += 1;
  counts.traceBytes += body.length;
  counts.spans += countIn(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
}

const spanCounters: Record<string, (body: Uint8Array) => number> = {
  '/v1/traces': countSpans,
  '/v0.4/traces': countAgentSpans,
};

/** For OTLP an empty message, everything accepted; for an agent's clients its JSON, and 404 for what it need not have. */
function acknowledge({ url = '' }: IncomingMessage, response: ServerResponse): void {
  if (url.startsWith('/v1/')) {
    response.writeHead(200, { 'content-type': 'application/x-protobuf', 'content-length': 0 });
    response.end();
    return;
  }
  const body = agentAnswers[url];
  response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
  response.end(body);
}

const agentAnswers: Record<string, string> = {
  '/info': '{"version":"7.71.0","endpoints":["/v0.4/traces","/v0.6/stats"],"client_drop_p0s":true}',
  '/v0.4/traces': '{"rate_by_service":{}}',
  '/v0.6/stats': '{}',
  '/telemetry/proxy/api/v2/apmtelemetry': '{}',
};

// A process that takes what the servers export and counts it; as cheap as can be, because on two
// cores it shares one with the load generator.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { CollectorCounts } from './collector-process.ts';
import { countSpans } from './count-spans.ts';

const counts: CollectorCounts = { spans: 0, traceRequests: 0, metricRequests: 0, bytes: 0 };

const server = createServer(async function receive(request, response) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  count(request, Buffer.concat(chunks));
  acknowledge(response);
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.(counts));
process.on('disconnect', () => process.exit());

function count(request: IncomingMessage, body: Buffer): void {
  counts.bytes += body.length;
  if (request.url === '/v1/metrics') counts.metricRequests += 1;
  if (request.url !== '/v1/traces') return;
  counts.traceRequests += 1;
  counts.spans += countSpans(
    request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body,
  );
}

/** An empty protobuf message: everything accepted. */
function acknowledge(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/x-protobuf', 'content-length': 0 });
  response.end();
}

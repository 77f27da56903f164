import { createServer } from 'node:http';
import { init } from '@org/otel-core';
import { report } from './report.cjs';

const { options } = JSON.parse(process.env.BENCH_FEATURE);
if (options) init(options);

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 5 });
  response.end('hello');
});
server.listen(0, '127.0.0.1', () => report(server));

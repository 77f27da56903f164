const { createServer } = require('node:http');
const { report } = require('./report.cjs');

const server = createServer(function answer(request, response) {
  const body = JSON.stringify({ hello: request.url.slice('/hello/'.length) });
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => report(server));

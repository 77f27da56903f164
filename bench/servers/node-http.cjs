const { createServer } = require('node:http');
const { report } = require('./report.cjs');
const { fetchUpstream, work } = require('./work.cjs');

const server = createServer(async function answer(request, response) {
  const { url } = request;
  if (url === '/fetch') return send(response, await fetchUpstream());
  if (url === '/work') return send(response, await work());
  send(response, { hello: url.slice('/hello/'.length) });
});
server.listen(0, '127.0.0.1', () => report(server));

function send(response, value) {
  const body = JSON.stringify(value);
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

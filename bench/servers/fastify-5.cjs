const { fastify } = require('fastify');
const { report } = require('./report.cjs');
const { fetchUpstream, work } = require('./work.cjs');

const app = fastify();
app.get('/hello/:name', async function answer(request) {
  return { hello: request.params.name };
});
app.get('/fetch', () => fetchUpstream());
app.get('/work', () => work());
app.listen({ port: 0, host: '127.0.0.1' }, () => report(app.server));

const express = require('express');
const { report } = require('./report.cjs');
const { fetchUpstream, work } = require('./work.cjs');

const app = express();
app.get('/hello/:name', function answer(request, response) {
  response.json({ hello: request.params.name });
});
app.get('/fetch', async (_request, response) => response.json(await fetchUpstream()));
app.get('/work', async (_request, response) => response.json(await work()));
const server = app.listen(0, '127.0.0.1', () => report(server));

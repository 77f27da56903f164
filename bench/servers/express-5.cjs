const express = require('express');
const { report } = require('./report.cjs');

const app = express();
app.get('/hello/:name', function answer(request, response) {
  response.json({ hello: request.params.name });
});
const server = app.listen(0, '127.0.0.1', () => report(server));

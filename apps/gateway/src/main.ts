import { init } from '@org/otel-core';
import { otel, otelErrorHandler } from '@org/otel-express';
import express, { type ErrorRequestHandler } from 'express';
import { askApiNode } from './ask-api-node.ts';
import { endIdleConnections } from './end-idle-connections.ts';
import { logger } from './logger.ts';

init({ serviceName: 'gateway' });

const app = express();
app.use(otel());

app.get('/something', async (_request, response) => {
  logger.info('gateway asks api-node', { path: '/something' });
  response.json(await askApiNode('/something'));
});

app.get('/boom', async (_request, response) => {
  logger.info('gateway asks api-node', { path: '/boom' });
  response.json(await askApiNode('/boom'));
});

const answerBadGateway: ErrorRequestHandler = (error: Error, _request, response, _next) => {
  logger.error(error.message);
  response.status(502).json({ error: error.message });
};
app.use(otelErrorHandler());
app.use(answerBadGateway);

const port = Number(process.env['PORT'] ?? 8080);
const server = app.listen(port, process.env['HOST'] ?? '127.0.0.1', (error) => {
  if (error) throw error;
  logger.info('gateway listens', { port });
});

endIdleConnections(server);
// Requests that are being answered are finished; then nothing is left to do and Node ends.
process.once('SIGTERM', () => server.close());

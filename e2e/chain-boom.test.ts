import { type ExpectedTrace, expectTrace } from '@org/otel-testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningChain, startChain } from './chain/start-chain.ts';

let chain: RunningChain;

beforeAll(async () => {
  chain = await startChain();
});
afterAll(() => chain?.[Symbol.asyncDispose]());

const exceptionIn = (message: RegExp) => ({
  name: 'exception',
  attributes: { 'exception.message': message, 'exception.stacktrace': /\.(js|ts):\d+/ },
});

const boom: ExpectedTrace = {
  service: 'gateway',
  name: 'GET /boom',
  kind: 'server',
  status: 'error',
  attributes: { 'http.route': '/boom', 'http.response.status_code': 502 },
  events: [exceptionIn(/^api-node answered 502 on \/boom$/)],
  spans: [
    {
      service: 'gateway',
      name: 'GET',
      kind: 'client',
      status: 'error',
      attributes: { 'http.response.status_code': 502, 'error.type': '502' },
      events: [],
      spans: [
        {
          service: 'api-node',
          name: 'GET /boom',
          kind: 'server',
          status: 'error',
          attributes: { 'http.route': '/boom', 'http.response.status_code': 502 },
          events: [],
          spans: [
            {
              service: 'api-node',
              name: 'SomethingController.boom',
              kind: 'internal',
              status: 'error',
              events: [exceptionIn(/^api-python answered 500 on \/boom$/)],
              spans: [
                {
                  service: 'api-node',
                  name: 'GET',
                  kind: 'client',
                  status: 'error',
                  attributes: { 'http.response.status_code': 500, 'error.type': '500' },
                  events: [],
                  spans: [
                    {
                      service: 'api-python',
                      name: 'GET /boom',
                      kind: 'server',
                      status: 'error',
                      attributes: { 'http.response.status_code': 500 },
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};

it('shows an error deep in api-python along the whole path, each Node error once, at its origin', async () => {
  const response = await fetch(`${chain.gateway}/boom`);
  expect(response.status).toBe(502);
  expect(await response.json()).toEqual({ error: 'api-node answered 502 on /boom' });
  await expectTrace(chain.collector, boom);
});

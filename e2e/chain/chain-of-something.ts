import type { ExpectedTrace } from '@org/otel-testing';

/** The whole trace of one GET /something, from Express through NestJS to FastAPI. */
export const chainOfSomething: ExpectedTrace = {
  service: 'gateway',
  name: 'GET /something',
  kind: 'server',
  attributes: { 'http.route': '/something', 'http.response.status_code': 200 },
  events: [],
  spans: [
    {
      service: 'gateway',
      name: 'GET',
      kind: 'client',
      attributes: { 'http.response.status_code': 200 },
      events: [],
      spans: [
        {
          service: 'api-node',
          name: 'GET /something',
          kind: 'server',
          attributes: { 'http.route': '/something', 'http.response.status_code': 200 },
          events: [],
          spans: [
            {
              service: 'api-node',
              name: 'SomethingController.something',
              kind: 'internal',
              events: [],
              spans: [
                {
                  service: 'api-node',
                  name: 'GET',
                  kind: 'client',
                  attributes: { 'http.response.status_code': 200 },
                  events: [],
                  spans: [
                    {
                      service: 'api-python',
                      name: 'GET /',
                      kind: 'server',
                      attributes: { 'http.route': '/', 'http.response.status_code': 200 },
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

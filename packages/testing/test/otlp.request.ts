import protobuf from 'protobufjs';
import { independentTypes } from './independent.otlp.ts';

const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
const record = { severityNumber: 9, body: { stringValue: 'hello' } };

/** One request of each signal, in OTLP/JSON. */
export const requestJson = {
  traces: {
    resourceSpans: [
      {
        resource,
        scopeSpans: [
          {
            spans: [
              {
                traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
                spanId: '00f067aa0ba902b7',
                name: 'GET /',
              },
            ],
          },
        ],
      },
    ],
  },
  logs: { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] },
  metrics: {
    resourceMetrics: [
      {
        resource,
        scopeMetrics: [{ metrics: [{ name: 'm', gauge: { dataPoints: [{ asInt: '3' }] } }] }],
      },
    ],
  },
};

/** The same requests in protobuf, written by protobufjs. */
export function requestBytes(signal: keyof typeof requestJson): Buffer {
  const type = independentTypes()[signal];
  // protobuf's own JSON mapping has ids in base64, OTLP's in hex.
  const object = JSON.parse(JSON.stringify(requestJson[signal]), (key, value) => {
    return /^(trace|span)Id$/.test(key) ? Buffer.from(value, 'hex').toString('base64') : value;
  });
  return Buffer.from(type.encode(type.fromObject(object)).finish());
}

/** google.rpc.Status, as the error answers of OTLP/HTTP carry it. */
export const rpcStatus = new protobuf.Type('Status')
  .add(new protobuf.Field('code', 1, 'int32'))
  .add(new protobuf.Field('message', 2, 'string'));

/** The partial success inside an export response. */
export const partialSuccess = new protobuf.Type('Partial')
  .add(new protobuf.Field('rejected', 1, 'int64'))
  .add(new protobuf.Field('message', 2, 'string'));

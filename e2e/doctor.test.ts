import { startCollector } from '@org/otel-testing/collector';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../packages/core/src/doctor/finding.ts';
import { consult, diagnosisOf, folderWith } from './doctor/consult.ts';
import {
  answering,
  behindTls,
  doctorFile,
  notHttp,
  silent,
  type Troubled,
} from './doctor/troubled-receivers.ts';
import { freePort } from './support/free-port.ts';

const general = (url: string) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url });

const findingOf = (findings: readonly Finding[], id: string): Finding => {
  const found = findings.find((each) => each.id === id);
  if (!found) throw new Error(`no ${id} in ${JSON.stringify(findings, null, 2)}`);
  return found;
};

describe('where all is well', () => {
  it('sends a span, a metric and a log record, says what was answered and ends with 0', async () => {
    await using collector = await startCollector();
    const { code, stdout, stderr } = await consult(general(collector.url));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [span] = collector.store.spans().filter(({ name }) => name === 'otel-doctor probe');
    expect(span?.resource.attributes['service.name']).toBe('patient');
    const id = span?.attributes['probe'];
    const log = collector.store.logs().find(({ body }) => body === `otel-doctor probe ${id}`);
    expect(log?.traceId).toBe(span?.traceId);
    expect(collector.store.metrics().map(({ name }) => name)).toContain('otel_doctor.probes');
    expect(stdout).toContain(`Probe ${id}, trace ${span?.traceId}`);
    for (const signal of ['traces', 'metrics', 'logs']) {
      expect(stdout).toContain(
        `${signal}: ${collector.url}/v1/${signal} (protobuf) answered 200\n`,
      );
    }
    expect(stdout).toContain('service patient, instance');
    expect(stdout).toContain('Nothing stops telemetry: 0 errors, 0 warnings, 0 notes.');
  });

  it('tells of every setting its value and where it came from: option, variable or default', async () => {
    await using collector = await startCollector();
    await using folder = await folderWith({
      'package.json': '{"name":"patient"}',
      'otel.options.mjs': 'export default { traces: { batch: { maxQueueSize: 77 } } };',
    });
    const env = { ...general(collector.url), OTEL_BLRP_MAX_QUEUE_SIZE: '99' };
    const args = ['--options', 'otel.options.mjs'];
    const { stdout } = await consult(env, args, folder.path);
    for (const line of [
      'OTEL_BSP_MAX_QUEUE_SIZE = 77  (option traces.batch.maxQueueSize)',
      'OTEL_BLRP_MAX_QUEUE_SIZE = 99  (variable OTEL_BLRP_MAX_QUEUE_SIZE)',
      `OTEL_EXPORTER_OTLP_LOGS_ENDPOINT = ${collector.url}  (variable OTEL_EXPORTER_OTLP_ENDPOINT)`,
      'OTEL_BSP_SCHEDULE_DELAY = 5000  (default)',
    ]) {
      expect(stdout).toContain(`    ${line}\n`);
    }
  });
});

/** Patients with several troubles that a doctor sees without asking anybody: by finding, what is said. */
const patients: [env: Record<string, string>, said: Record<string, RegExp>][] = [
  [
    {
      ...general('http://127.0.0.1:1/v1/traces'),
      OTEL_TRACES_SAMPLER: 'always_off',
      OTEL_SDK_DISABLED: 'true',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_BSP_MAX_QUEUE_SIZE: 'half',
    },
    {
      'doubled-path':
        /OTEL_EXPORTER_OTLP_ENDPOINT is http:\/\/127\.0\.0\.1:1\/v1\/traces, .* so that traces go to http:\/\/127\.0\.0\.1:1\/v1\/traces\/v1\/traces\./,
      'sampling-zero': /keeps no trace at all/,
      'sdk-disabled': /The SDK is switched off/,
      'exporter-none': /The exporter of logs is none/,
      'setting-unusable':
        /OTEL_BSP_MAX_QUEUE_SIZE: expected a whole number of 1 or more, got "half"; using 2048/,
    },
  ],
  [
    {
      ...general('http://collector.example:4317'),
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://127.0.0.1:1',
      http_proxy: 'http://127.0.0.1:1',
    },
    {
      'missing-path':
        /OTEL_EXPORTER_OTLP_LOGS_ENDPOINT has no path .* logs go to http:\/\/127\.0\.0\.1:1\//,
      'port-mixup': /over http\/protobuf to port 4317, where collectors take gRPC/,
      proxy: /collector\.example:4317 goes through the proxy http:\/\/127\.0\.0\.1:1/,
    },
  ],
  [
    { ...general('https://127.0.0.1:1'), OTEL_EXPORTER_OTLP_CERTIFICATE: '/no/such.pem' },
    {
      'tls-files':
        /Nothing is sent: OTEL_EXPORTER_OTLP_CERTIFICATE: expected a file that can be read/,
    },
  ],
];

describe('trouble in the settings', () => {
  it.each(patients.map(([env, said]) => [Object.keys(said).join(', '), env, said] as const))(
    '%s',
    async (_ids, env, said) => {
      const { findings, exitCode } = await diagnosisOf(env);
      for (const [id, what] of Object.entries(said)) {
        const found = findingOf(findings, id);
        expect(found.what).toMatch(what);
        expect(found.advice).not.toBe('');
      }
      expect(exitCode).toBe(1); // nobody listens there either
    },
  );

  it.concurrent.each([
    ['traceidratio', '0', 'error'],
    ['parentbased_traceidratio', '0', 'warning'],
    ['parentbased_always_off', '1', 'warning'],
  ])('sampling at 0 as %s is seen', async (sampler, ratio, level) => {
    const env = { ...general('http://127.0.0.1:1'), OTEL_TRACES_SAMPLER: sampler };
    const { findings } = await diagnosisOf({ ...env, OTEL_TRACES_SAMPLER_ARG: ratio });
    expect(findingOf(findings, 'sampling-zero').level).toBe(level);
  });

  it('all exporters none stop everything, and no probe is sent', async () => {
    const none = { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' };
    const { findings, probe, exitCode } = await diagnosisOf({
      ...none,
      OTEL_LOGS_EXPORTER: 'none',
    });
    expect(findings.map(({ id, level }) => `${level} ${id}`)).toEqual(
      Array(3).fill('error exporter-none'),
    );
    expect({ probe, exitCode }).toEqual({ probe: undefined, exitCode: 1 });
  });
});

/** How it is started, what is said of it, and what else is set for its signal. */
type Receiver = [
  start: () => Promise<Troubled>,
  what: RegExp,
  more?: Readonly<Record<string, string>>,
];

/** Receivers that are not well. */
const receivers: Record<string, Receiver> = {
  'bad-request': [() => answering(400), /answered 400: it does not understand/],
  unauthorized: [() => answering(401), /\/v1\/\w+ answered 401: it wants a credential/],
  forbidden: [() => answering(403), /answered 403: .* does not allow/],
  'not-found': [() => answering(404), /answered 404: there is nothing at this path/],
  'method-not-allowed': [() => answering(405), /answered 405: it does not take POST/],
  'too-large': [() => answering(413), /answered 413: the request is too large/],
  'unsupported-encoding': [() => answering(415), /answered 415: it does not take this encoding/],
  'rate-limited': [() => answering(429), /answered 429: it gets too much/],
  redirected: [() => answering(302, { location: '/login' }), /answered 302: it redirects/],
  'collector-failing': [() => answering(503), /answered 503: it has trouble of its own/],
  refused: [() => answering(418), /answered 418: it refuses/],
  'not-otlp': [
    () => answering(200, { 'content-type': 'text/html' }),
    /answered 200 with text\/html, which no OTLP receiver does/,
  ],
  timeout: [silent, /no answer came in time/, { TIMEOUT: '300' }],
  'not-http': [notHttp, /ends the connection without an answer that can be read/],
  'not-tls': [
    async () => {
      const plain = await answering(200);
      return { ...plain, url: plain.url.replace('http', 'https') };
    },
    /does not speak TLS/,
  ],
  'tls-untrusted': [() => behindTls('self-signed'), /signed by nobody whom Node trusts/],
  'tls-expired': [
    () => behindTls('expired'),
    /certificate has expired/,
    { CERTIFICATE: doctorFile('expired.pem') },
  ],
  'tls-not-yet-valid': [
    () => behindTls('not-yet-valid'),
    /certificate is not valid yet/,
    { CERTIFICATE: doctorFile('not-yet-valid.pem') },
  ],
  'tls-hostname': [
    () => behindTls('other-name'),
    /certificate is for another name/,
    { CERTIFICATE: doctorFile('other-name.pem') },
  ],
  'tls-client-certificate': [
    () => behindTls('self-signed', { requestCert: true, rejectUnauthorized: true }),
    /asks for a certificate of the client/,
    { CERTIFICATE: doctorFile('self-signed.pem') },
  ],
};

describe('trouble with the receiver', () => {
  const signals = ['traces', 'metrics', 'logs'] as const;
  const all = Object.entries(receivers);
  const inThrees = all.flatMap((_, at) => (at % 3 === 0 ? [all.slice(at, at + 3)] : []));

  /** Each of three signals to a receiver of its own. */
  it.concurrent.each(inThrees.map((three) => [three.map(([id]) => id).join(', '), three] as const))(
    '%s',
    async (_ids, three) => {
      await using open = new AsyncDisposableStack();
      const env: Record<string, string> = {};
      for (const [index, [, [start, , more]]] of three.entries()) {
        const { url } = open.use(await start());
        const signal = signals[index] ?? 'traces';
        const own = { ENDPOINT: `${url}/v1/${signal}`, ...more };
        for (const [name, value] of Object.entries(own)) {
          env[`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_${name}`] = value;
        }
      }
      const { findings, exitCode } = await diagnosisOf(env);
      for (const [index, [id, [, what]]] of three.entries()) {
        expect(findingOf(findings, id)).toMatchObject({
          level: 'error',
          what: expect.stringMatching(what),
          signals: [signals[index]],
        });
      }
      expect(exitCode).toBe(1);
    },
  );

  it('connection-refused, for all signals in one sentence', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { findings, exitCode } = await diagnosisOf(general(url));
    expect(findings).toMatchObject([
      {
        id: 'connection-refused',
        what: `${url} cannot be reached: nobody listens there (ECONNREFUSED).`,
        signals: ['traces', 'metrics', 'logs'],
      },
    ]);
    expect(exitCode).toBe(1);
  });

  it('unknown-host', async () => {
    const patient = { OTEL_EXPORTER_OTLP_TIMEOUT: '60000' }; // a resolver may be slow to give up
    const env = { ...general('http://collector.invalid:4318'), ...patient };
    const { findings } = await diagnosisOf(env, ['--timeout=90']);
    expect(findingOf(findings, 'unknown-host').what).toContain('its name cannot be resolved');
  });

  it('unreachable', async () => {
    // TCP knows no broadcast: every machine answers for itself that there is no way.
    const { findings } = await diagnosisOf(general('http://255.255.255.255:4318'));
    expect(findingOf(findings, 'unreachable').what).toMatch(
      /255:4318 cannot be reached: there is no way to it from here \(E[A-Z]+\)/,
    );
  });

  it('clock-skew is a warning: telemetry arrives', async () => {
    const date = new Date(Date.now() + 7_200_000).toUTCString();
    const headers = { 'content-type': 'application/x-protobuf', date };
    await using receiver = await answering(200, headers);
    const { findings, exitCode } = await diagnosisOf(general(receiver.url));
    const found = findingOf(findings, 'clock-skew');
    expect(found.what).toMatch(/clock of this machine is about 7[12]\d\d s behind that of 127/);
    expect({ level: found.level, exitCode }).toEqual({ level: 'warning', exitCode: 0 });
  });

  it('rejected: what the receiver says of the items it did not take', async () => {
    await using collector = await startCollector();
    collector.respondWith(({ signal }) =>
      signal === 'logs' ? { partialSuccess: { rejected: 1, message: 'too old' } } : undefined,
    );
    const { findings } = await diagnosisOf(general(collector.url));
    const found = findingOf(findings, 'rejected');
    expect(found).toMatchObject({ signals: ['logs'], level: 'error' });
    expect(found.what).toContain('answered 200, but did not take everything: ');
    expect(found.what).toContain('too old');
  });
});

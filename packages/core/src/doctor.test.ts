import { afterEach, describe, expect, it } from 'vitest';
import { failureFinding } from './doctor/failure-finding.ts';
import { joinFindings } from './doctor/finding.ts';
import { withoutSecrets } from './doctor/without-secrets.ts';
import { doctor } from './doctor.ts';
import { readSettings } from './settings/read-settings.ts';

const argv = [...process.argv];
afterEach(() => {
  process.argv = [...argv];
});

describe('doctor()', () => {
  it('ends with 2 and a sentence for arguments it does not understand', async () => {
    const [printed, complained]: string[][] = [[], []];
    const code = await doctor(['--wait', '0'], {
      print: (text) => printed?.push(text),
      complain: (text) => complained?.push(text),
    });
    expect({ code, printed }).toEqual({ code: 2, printed: [] });
    expect(complained).toEqual([
      'otel-doctor: --wait: expected seconds, more than 0 and up to 3600, got "0"\nSee otel-doctor --help.\n',
    ]);
  });
});

describe('failureFinding()', () => {
  const { otlp } = readSettings({}, {}).settings.traces;

  it.each([
    ['ECONNREFUSED', '', 'connection-refused'],
    ['ENOTFOUND', '', 'unknown-host'],
    ['EAI_AGAIN', '', 'unknown-host'],
    ['EHOSTUNREACH', '', 'unreachable'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', '', 'tls-hostname'],
    ['SELF_SIGNED_CERT_IN_CHAIN', '', 'tls-untrusted'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', '', 'tls-client-certificate'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', '', 'not-tls'],
    ['HPE_INVALID_CONSTANT', '', 'not-http'],
    [
      '',
      '14 UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED',
      'connection-refused',
    ],
    ['', '14 UNAVAILABLE: Name resolution failed for target dns:x', 'unknown-host'],
    ['', '14 UNAVAILABLE: certificate has expired', 'tls-expired'],
    ['', '4 DEADLINE_EXCEEDED: Deadline exceeded', 'timeout'],
    ['EWHATEVER', 'something new', 'unreachable'],
  ])('%s %s: %s', (code, message, id) => {
    const finding = failureFinding({ code, message }, otlp);
    expect(finding).toMatchObject({ id, level: 'error' });
    expect(finding.what).toMatch(/^http:\/\/localhost:4318 cannot be reached: /);
  });
});

describe('joinFindings()', () => {
  it('says once what several signals have in common', () => {
    const one = { id: 'a', level: 'error', what: 'b', advice: 'c' } as const;
    const all = joinFindings([
      { ...one, signals: ['traces'] },
      { ...one, signals: ['logs'] },
      { ...one, what: 'other', signals: ['logs'] },
    ]);
    expect(all).toEqual([
      { ...one, signals: ['traces', 'logs'] },
      { ...one, what: 'other', signals: ['logs'] },
    ]);
  });
});

describe('withoutSecrets()', () => {
  it('leaves out what headers, URLs and options hold, wherever it stands', () => {
    const variables = {
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abcdef',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://user:pass%2Fword@collector.example:4318/?key=queried',
    };
    const options = { exporter: { prometheus: { bearerToken: 'scraper' } } };
    const report = 'Bearer abcdef, abcdef, pass%2Fword, pass/word, queried, scraper, harmless';
    expect(withoutSecrets(report, variables, options)).toBe(
      '***, ***, ***, ***, ***, ***, harmless',
    );
  });
});

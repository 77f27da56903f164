import { expect, it } from 'vitest';
import { preferredFormat } from './preferred-format.ts';

const prometheus3 =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';

it.each([
  [prometheus3, 'openmetrics'],
  ['application/openmetrics-text', 'openmetrics'],
  ['Application/OpenMetrics-Text; q=0.1', 'openmetrics'],
  ['text/plain;q=0.9, application/openmetrics-text;q=0.5', 'prometheus'],
  ['application/openmetrics-text;q=0', 'prometheus'],
  ['application/openmetrics-text;q=high', 'prometheus'],
  ['text/html,*/*', 'prometheus'],
  ['', 'prometheus'],
  [undefined, 'prometheus'],
])('%s is answered in %s', (accept, format) => {
  expect(preferredFormat(accept)).toBe(format);
});

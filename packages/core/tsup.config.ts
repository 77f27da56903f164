import { packageBuild } from '../../tsup.base.ts';

// The OpenTelemetry SDK is built in (docs/decisions/0001): one file to load instead of 283, and CommonJS
// applications get the faster ESM build too. The API stays outside: it is what everybody shares.
export default packageBuild(
  ['src/index.ts', 'src/register.ts', 'src/prometheus.ts', 'src/doctor.ts'],
  {
    external: ['@org/otel-core', '@opentelemetry/api'],
  },
);

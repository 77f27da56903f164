import { createLogger, OtlpTransport } from '@org/otel-winston';
import { format, transports } from 'winston';

const file = process.env['LOG_FILE'];
const isSent = process.env['OTEL_LOGS_EXPORTER'] === 'otlp';

/** JSON lines on stdout; if LOG_FILE names a file, in that as well; over OTLP where OTEL_LOGS_EXPORTER says `otlp`. */
export const logger = createLogger({
  trace: { fields: { sampled: 'sampled' } },
  format: format.combine(format.timestamp(), format.json()),
  transports: [
    new transports.Console(),
    ...(file ? [new transports.File({ filename: file })] : []),
    ...(isSent ? [new OtlpTransport()] : []),
  ],
});

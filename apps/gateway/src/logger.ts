import { createLogger } from '@org/otel-winston';
import { format, transports } from 'winston';

const file = process.env['LOG_FILE'];

/** JSON lines on stdout and, if LOG_FILE names one, in that file as well. */
export const logger = createLogger({
  format: format.combine(format.timestamp(), format.json()),
  transports: [
    new transports.Console(),
    ...(file ? [new transports.File({ filename: file })] : []),
  ],
});

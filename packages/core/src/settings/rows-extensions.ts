import { readElsewhere } from './read-elsewhere.ts';

/** Read by readExtensions: objects of the application's, so no variable can name them. */
export const extensionRows = {
  spanProcessors: part('spanProcessors', 'Span processors, run beside the batch for the exporter.'),
  spanExporters: part('spanExporters', 'Span exporters, each with a batch of its own.'),
  logRecordProcessors: part('logRecordProcessors', 'Log record processors, run before the batch.'),
  logRecordExporters: part(
    'logRecordExporters',
    'Log record exporters, each with a batch of its own.',
  ),
  metricReaders: part('metricReaders', 'Metric readers, beside the export interval.'),
  metricExporters: part('metricExporters', 'Metric exporters, asked at each export interval.'),
  views: part('views', 'Views of instruments that the application makes.'),
};

function part(option: string, says: string) {
  return readElsewhere({ variables: [], options: [option], byDefault: 'none', says });
}

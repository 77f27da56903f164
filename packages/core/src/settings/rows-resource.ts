import { readElsewhere } from './read-elsewhere.ts';

/** Read by readResource: detectors may be objects of the application's. */
export const resourceRows = {
  detectors: readElsewhere({
    variables: ['OTEL_NODE_RESOURCE_DETECTORS'],
    options: ['resource.detectors'],
    byDefault: 'env,host,os,process,serviceinstance,container,k8s',
    says: 'Who describes the service; `all`, `none`, and `alibaba`, `aws`, `azure`, `gcp` where their official package is installed.',
  }),
  timeout: readElsewhere({
    variables: ['OTEL_NODE_RESOURCE_TIMEOUT'],
    options: ['resource.timeoutMillis'],
    byDefault: '2000',
    says: 'Milliseconds that the first export waits for detectors.',
  }),
};

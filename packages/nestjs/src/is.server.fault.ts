/**
 * Whether a span that ends with this error failed: everything thrown, except an HttpException below
 * 500, which is an answer to the client and not a fault of the service.
 */
export function isServerFault(error: unknown): boolean {
  const status = httpStatusOf(error);
  return status === undefined || status >= 500;
}

/** The status of an HttpException of any copy of Nest; undefined for every other error. */
export function httpStatusOf(error: unknown): number | undefined {
  // By shape: an application and its libraries may hold two copies of @nestjs/common.
  const getStatus = (error as { getStatus?: unknown } | null | undefined)?.getStatus;
  if (typeof getStatus !== 'function') return undefined;
  const status: unknown = getStatus.call(error);
  return typeof status === 'number' ? status : undefined;
}

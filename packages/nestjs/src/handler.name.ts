import type { Attributes } from '@opentelemetry/api';

/** What the controller span of a handler is called. */
export interface HandlerName {
  /** `OrdersController.find` */
  readonly name: string;
  readonly options: { readonly attributes: Attributes };
}

export function handlerName(controller: string, callback: string): HandlerName {
  const name = `${controller}.${callback}`;
  const attributes = {
    'code.function.name': name,
    'nestjs.controller': controller,
    'nestjs.callback': callback,
  };
  return { name, options: { attributes } };
}

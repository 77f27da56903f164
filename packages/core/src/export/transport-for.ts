import type { OtlpSettings, SignalName } from '../settings/settings.ts';
import { Delivery } from './delivery.ts';
import { GrpcDelivery } from './grpc-delivery.ts';
import { refusingTransport } from './refusing-transport.ts';
import type { Transport } from './transport.ts';

/** The way to the receiver that the settings name. */
export function transportFor(
  signal: SignalName,
  settings: OtlpSettings,
  contentType: string,
): Transport {
  if (settings.refusal !== undefined) return refusingTransport(settings.refusal);
  if (settings.protocol === 'grpc') return new GrpcDelivery(signal, settings);
  return new Delivery(settings, contentType);
}

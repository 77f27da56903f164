// Says which modules of Node are loaded once telemetry has started.
import { init } from '@org/otel-core';

init({ serviceName: 'starting' });
const { moduleLoadList } = process as unknown as { readonly moduleLoadList: readonly string[] };
const native = moduleLoadList.filter((name) => name.startsWith('NativeModule '));
process.stdout.write(JSON.stringify(native.map((name) => name.slice('NativeModule '.length))));
process.exit();

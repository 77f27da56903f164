require('reflect-metadata');
// As OtelModule's README says: telemetry starts where the module is made, before Nest is.
const { BENCH_OTEL_MODULE } = process.env;
const imports = BENCH_OTEL_MODULE ? [require(BENCH_OTEL_MODULE).OtelModule.forRoot()] : [];
const nest = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { helloModule } = require('./hello.module.cjs');
const { report } = require('./report.cjs');

async function main() {
  const app = await NestFactory.create(helloModule(nest, imports), { logger: false });
  await app.listen(0, '127.0.0.1');
  report(app.getHttpServer());
}

void main();

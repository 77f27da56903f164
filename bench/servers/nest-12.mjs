import 'reflect-metadata';
import * as nest from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { helloModule } from './hello.module.cjs';
import { report } from './report.cjs';

const { BENCH_OTEL_MODULE } = process.env;
const imports = BENCH_OTEL_MODULE ? [(await import(BENCH_OTEL_MODULE)).OtelModule.forRoot()] : [];

const app = await NestFactory.create(helloModule(nest, imports), { logger: false });
await app.listen(0, '127.0.0.1');
report(app.getHttpServer());

import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { WinstonModule } from 'nest-winston';
import { AppModule } from './app.module.ts';
import { endIdleConnections } from './end-idle-connections.ts';
import { logger } from './logger.ts';

const app = await NestFactory.create(AppModule, {
  logger: WinstonModule.createLogger({ instance: logger }),
});
app.enableShutdownHooks();
endIdleConnections(app.getHttpServer());
await app.listen(Number(process.env['PORT'] ?? 3000), process.env['HOST'] ?? '127.0.0.1');

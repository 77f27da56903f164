import { Module } from '@nestjs/common';
import { OtelModule } from '@org/otel-nestjs';
import { ApiPython } from './api-python.ts';
import { MetricsController } from './metrics.controller.ts';
import { SomethingController } from './something.controller.ts';

@Module({
  imports: [OtelModule.forRoot({ serviceName: 'api-node' })],
  controllers: [SomethingController, MetricsController],
  providers: [ApiPython],
})
export class AppModule {}

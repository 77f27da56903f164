import { Controller, Get, Inject, Logger } from '@nestjs/common';
import { ApiPython } from './api-python.ts';

@Controller()
export class SomethingController {
  private readonly logger = new Logger(SomethingController.name);

  constructor(@Inject(ApiPython) private readonly apiPython: ApiPython) {}

  @Get('something')
  async something() {
    this.logger.log('api-node asks api-python');
    return { message: 'Hello from api-node', apiPython: await this.apiPython.ask('/') };
  }

  @Get('boom')
  async boom() {
    this.logger.warn('api-node asks for trouble');
    return this.apiPython.ask('/boom');
  }
}

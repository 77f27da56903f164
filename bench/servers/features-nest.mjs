import 'reflect-metadata';
import { Controller, Get, Module, Param, UseGuards, UseInterceptors } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { enhancerSpans, OtelModule } from '@org/otel-nestjs';
import { report } from './report.cjs';

const { options, enhancers } = JSON.parse(process.env.BENCH_FEATURE);

// Decorators by hand: nothing here has to be compiled.
class Guard {
  canActivate() {
    return true;
  }
}
class Interceptor {
  intercept(_execution, next) {
    return next.handle();
  }
}
class Pipe {
  transform(value) {
    return value;
  }
}
class HelloController {
  hello(name) {
    return { hello: name };
  }
}
const { prototype } = HelloController;
const handler = Object.getOwnPropertyDescriptor(prototype, 'hello');
Get('hello/:name')(prototype, 'hello', handler);
Param('name', Pipe)(prototype, 'hello', 0);
UseGuards(Guard)(prototype, 'hello', handler);
UseInterceptors(Interceptor)(prototype, 'hello', handler);
Controller()(HelloController);

class HelloModule {}
const imports = options ? [OtelModule.forRoot(options)] : [];
Module({ imports, controllers: [HelloController] })(HelloModule);

const instrument = enhancers ? { instrument: enhancerSpans() } : {};
const app = await NestFactory.create(HelloModule, { logger: false, ...instrument });
await app.listen(0, '127.0.0.1');
report(app.getHttpServer());

// Decorators by hand: nothing here has to be compiled, and Nest 11 and 12 run the same text.
exports.helloModule = function helloModule(nest, imports) {
  class HelloController {
    hello(name) {
      return { hello: name };
    }
  }
  const { prototype } = HelloController;
  const handler = Object.getOwnPropertyDescriptor(prototype, 'hello');
  nest.Get('hello/:name')(prototype, 'hello', handler);
  nest.Param('name')(prototype, 'hello', 0);
  nest.Controller()(HelloController);

  class HelloModule {}
  nest.Module({ imports, controllers: [HelloController] })(HelloModule);
  return HelloModule;
};

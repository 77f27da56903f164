// Decorators by hand: nothing here has to be compiled, and Nest 11 and 12 run the same text.
const { fetchUpstream, work } = require('./work.cjs');

exports.helloModule = function helloModule(nest, imports) {
  class HelloController {
    hello(name) {
      return { hello: name };
    }
    fetch() {
      return fetchUpstream();
    }
    work() {
      return work();
    }
  }
  const { prototype } = HelloController;
  const get = (path, name) =>
    nest.Get(path)(prototype, name, Object.getOwnPropertyDescriptor(prototype, name));
  get('hello/:name', 'hello');
  nest.Param('name')(prototype, 'hello', 0);
  get('fetch', 'fetch');
  get('work', 'work');
  nest.Controller()(HelloController);

  class HelloModule {}
  nest.Module({ imports, controllers: [HelloController] })(HelloModule);
  return HelloModule;
};

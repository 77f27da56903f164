/** Why targets are missed, for docs/benchmarks.md: found on 2026-11-22 by leaving out one part after the other, four processes each. */
export const reasons = `What a request of node:http that is not sampled costs over bare, part by part (13.7 µs bare, 2026-11-22, four processes each, about 0.2 µs either way):

| part                                                                                              | µs  |
|---|---|
| runtime metrics: an observer of garbage collections, and the event loop's clock 100 times a second | 1.3 |
| entering the context of the request                                                               | 0.7 |
| span, ids, context                                                                                | 0.6 |
| duration                                                                                          | 0.3 |

In one process without a network the whole takes 1.2 µs, and 3 µs for a request that is sampled (the pieces below): the rest is that code which runs once a request finds the caches full of the server's own. The same holds for encoding: 0.7 µs a span in one process, 2 to 2.5 µs under load. Encoding each span as it ends, or 64 as they come together, was tried: both are up to 2 µs dearer than a batch at its time.

What was found and is gone: exports over node:http's client made every request of the server dearer, sampled or not, because Node's server and client share their code and the engine compiles it for both: on Express 2 to 2.5 µs at 1 % and 3 to 5 µs at 100 %. Peers export that way.

- Express and NestJS: the router's own tracing channel makes an object and calls three functions a layer once somebody listens, 1.2 µs; NestJS passes three layers (two body parsers and the handler), and its controller span is a second span with a second context to enter. Equal processes of one server differ by up to 3.6 µs, each for all of its life.
- dd-trace with every request sampled: it writes its spans into a buffer as they end; here they wait for their batch.
- The route that works: a request is some 750 µs, and finds everything of ours out of the caches; 1.7 to 6 % in four runs.
- 1,000 routes and 10,000 open requests: what is open outlives collections of garbage and is copied; 1.42 to 1.68 in five runs.
- Start: 51 of the 53 files are those of \`@opentelemetry/api\`, which has to be the application's own copy; 50, 54 and 57 ms in three runs.

How far the figures go: this is a virtual machine whose processors others use too. The run below met a rather quiet one; the next, 50 minutes later, was a fifth to a third slower on Express and NestJS and agreed with it within 15 % on none of 18 ratios of overheads and on 9 of 29 times of a request: ours took 20.5 µs on Express (here 12.9), official 132 (121). The brackets of the tables below show it inside of one run.`;

/** Why targets are missed, for docs/benchmarks.md: found on 2026-11-22 by leaving out one part after the other, three to five processes each. */
export const reasons = `What an Express request that is not sampled costs over bare, in a server whose young generation is 16 MB (25.9 µs bare, 2026-11-22, five processes each, about 0.4 µs either way):

| part                                                                                                   | µs        |
|---|---|
| what the doors alone cost: a state on each request, its context entered, wrapped \`emit\`, the router's channel, two readings of the clock | 1.6 |
| span and ids, sampling, route, duration, runtime metrics                                               | 1.5       |
| more of it in a small young generation: an observer of garbage collections                            | 1.0 to 1.4 |

The last line: V8 takes memory from a process that waits. Each server waits for its turn here, and has a young generation of 1 MB then, with a collection every 90 requests; Node's observer costs some 110 µs of each. A server that is never idle collects a fourth as often or less. There is no other source for \`v8js.gc.duration\`.

What a NestJS request that is sampled costs over one that is not: recording the server span 2.8 µs, the controller span with its context 4, encoding both 7.5, sending them 2 to 3. In one process without a network a span takes 0.7 µs to encode; under load its objects have left the caches by then. Encoding each span as it ends, or 16, 32 or 64 as they come together, was tried: 2 µs dearer, and 1 to 2 cheaper at best, with the resource on the wire once more for each: neither was kept.

What was found and is gone:

- Exports over node:http's client made every request of the server dearer, sampled or not, because Node's server and client share their code and the engine compiles it for both: on Express 2 to 2.5 µs at 1 % and 3 to 5 µs at 100 %. Peers export that way.
- Emitting events of a message that nobody listens to (six of eight a request), \`instanceof\` where its class is no constant, a private getter (V8 asks its runtime for it), \`performance\` as a global, and asking for random bytes often: 1.4 µs of an Express request.

Why the targets are missed that are:

- node:http at 1 %: 1.8 to 2.1 µs in four runs. Runtime metrics and entering the context are most of it.
- NestJS: the router's own tracing channel makes an object and calls three functions a layer once somebody listens; NestJS passes three layers (two body parsers and the handler), and its controller span is a second span with a second context to enter.
- dd-trace with every request sampled: it writes its spans into a buffer as they end; here they wait for their batch.
- The route that works: a request is some 740 µs, and finds everything of ours out of the caches; 0.4 to 2.2 % in four runs.
- 1,000 routes and 10,000 open requests: what is open outlives collections of garbage and is copied; 1.4 to 1.6 in four runs.
- Start: 51 of the 53 files are those of \`@opentelemetry/api\`, which has to be the application's own copy; 49 to 64 ms in four runs.

How far the figures go: this is a virtual machine whose processors others use too, and the run below met it quiet for node:http, Express and Fastify, and disturbed for NestJS (bare 35.7 µs, 31 to 32 when quiet). Two runs a quarter of an hour before, back to back, agreed within 15 % on 14 of 18 ratios of overheads and on 26 of 29 times of a request; the run below agrees with them on 6 or 7, and on 23 or 24. In these three runs ours cost 1.8 to 2.1 µs (node:http, 1 %) and 5.3 to 5.7 (100 %), Express 4.8 to 7.2 and 10.6 to 11.1, NestJS 12 9.8 to 15.6 and 23 to 29.9. A fourth with the load on another processor met a machine that was a fifth slower, and ours took 11.8 and 19.3 µs on Express: load and server have one processor of a virtual machine since then. The brackets of the tables below show it inside of one run.`;

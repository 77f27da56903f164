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
- A request that outlived its response: what \`fetch\` begins keeps its context for long, the context kept the request, and that its response. With a fetch in each request and nothing sampled, 13.4 KB a request survived the collections of young garbage on NestJS, where bare has 8.3, and those collections took 41 µs a request, where bare has 25; now 9.8 KB and 27 µs, on Express 8.6 KB (bare 8.6; 12.9 before). The rows with a fetch below are from before that.

Why the targets are missed that are:

- Express: 10.6 to 13 µs with every request sampled and 4.8 to 8.7 at 1 % in six runs; node:http at 1 %, 1.3 to 2.7. What is dearer than the least of them is other work on the host: a cold cache meets the longer path more often than the shorter one.
- NestJS: the router's own tracing channel makes an object and calls three functions a layer once somebody listens; NestJS passes three layers (two body parsers and the handler), and its controller span is a second span with a second context to enter.
- dd-trace with every request sampled: it writes its spans into a buffer as they end; here they wait for their batch.
- The route that works: its row below is of a loop in JavaScript, of which V8 makes something eight times as dear wherever its second compiler inlines it, in one process sooner than in another: 0.4 to 14 % in nine runs. It derives a key since then, outside of JavaScript: -0.5 and 0.5 % with nothing sampled in two runs, 1.1 and 4.3 % at 10 %.
- 1,000 routes and 10,000 open requests: what is open outlives collections of garbage and is copied; 1.4 to 1.6 in five runs.
- Start: 51 of the 53 files are those of \`@opentelemetry/api\`, which has to be the application's own copy; 49 to 64 ms in four runs. The run below started two servers at a time, which made all its start times longer and of little use; each starts alone since then.

How far the figures go: this is a virtual machine whose caches others use too. A fixed loop takes the same time there always, one that reads memory up to twice as long, and what telemetry adds is mostly memory read for the first time in a while. The run below is a whole one, of an hour, and met the host busy (bare Express 33 µs, bare NestJS 12 40; 26 and 32 when quiet). Its rows with a fetch are the least certain: bare itself differs by 25 µs between two equal processes, and ours is cheaper than bare in many. Quick runs have two processes of each case since then, 24 turns of each, and take the cheapest ninth of both together. Of four series of that kind, one after the other (Express and NestJS 12), each two agreed within 15 % on all 16 times of a request over bare's (11 % apart at most), and on 7 to 12 of the 12 ratios of overheads. Two whole quick runs on a busier host, back to back, agreed on 17 of 19 and on 5 of 12; in them ours cost 12.0 and 14.9 µs on Express, 8.4 and 7.8 at 1 %, and 23.4 and 34.6, 11.0 and 13.4 on NestJS 12. The 2.5 µs of NestJS 11 at 1 % are too good to be true: it was 9.3 in the run before. The brackets of the tables below show how far equal processes of one run differ.`;

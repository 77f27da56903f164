// As its documentation says, with an interval that no measurement has to wait for.
require('dd-trace').init({ flushInterval: Number(process.env.BENCH_EXPORT_DELAY) });

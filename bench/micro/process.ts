// A process of its own, which measures its pieces and says what they cost.
import { measureMicro } from './measure-micro.ts';

process.send?.(await measureMicro());
process.on('disconnect', () => process.exit());

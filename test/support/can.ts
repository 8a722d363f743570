// What the channels of tests can do: everything, unless a test takes something away.
import type { Can } from '../../src/channels/channel.ts';

export const CAN: Can = {
  ...{ buttons: 100, edit: true, text: 4096, history: true, ordered: true, rate: 60_000 },
  ...{ files: ['xlsx'], pictures: 'none' },
};

import { z } from 'zod';

import { orOff } from './off.js';
import { FAULT_KINDS, type FaultConfig } from './run-config.js';
import { count, percentOfWhole, timeOfDay } from './units.js';

const fault = z
  .strictObject({
    kind: z.enum(FAULT_KINDS),
    chance: percentOfWhole.prefault('100%').describe('At each opportunity; 100% by default.'),
    from: timeOfDay.optional().describe('From this time of day on.'),
    to: timeOfDay.optional().describe('Before this time of day.'),
    times: count.optional().describe('At most so often in the whole run.'),
    account: z.string().min(1).optional().describe('On this account alone.'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, { path: ['to'], error: 'Write a time after from.' })
  .transform(
    ({ kind, chance, from, to, times, account }): FaultConfig => ({
      kind,
      chance,
      from: from ?? null,
      to: to ?? null,
      times: times ?? null,
      account: account ?? null,
    }),
  );

/** `[{ kind: reject, chance: 10%, from: '10:30', to: '11:00', times: 5, account: main }]`. */
export const faultsSchema = orOff(z.array(fault, { error: 'Write a list, for instance [{ kind: reject, times: 5 }], or off.' })).transform(
  (faults): readonly FaultConfig[] => faults ?? [],
);

import { z } from 'zod';
import { accountPresets } from '../risk/presets.js';
import { limitsOf, PRESET_DEFAULT, writtenLimits } from './limits-schema.js';
import { pluginUse } from './plugin-use.js';
import type { AccountConfig } from './run-config.js';
import { rupees } from './units.js';

/** Letters, digits and `-_.`: ids become parts of other ids and of file names. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, { error: 'Write an id of letters, digits, - and _, for instance main.' });

/** An account. `capital` is in rupees; where it is not written it is that of the preset that is, and `parseRunConfig` asks for one of the two. */
export const accountSchema = z
  .strictObject({
    id: idSchema,
    broker: pluginUse.prefault({ use: 'paper' }),
    capital: rupees.optional().describe('Rupees; by default those of the preset, if one is named.'),
    live: z.boolean().default(false).describe('Without it the account stays on paper, even in a live run.'),
    limits: writtenLimits.prefault({}),
  })
  .transform(
    ({ capital, limits, ...account }): AccountConfig => ({
      ...account,
      capitalPaise: capital ?? accountPresets[limits.preset ?? PRESET_DEFAULT].capitalPaise,
      limits: limitsOf(limits),
    }),
  );

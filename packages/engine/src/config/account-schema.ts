import { z } from 'zod';
import { limitsSchema } from './limits-schema.js';
import { pluginUse } from './plugin-use.js';
import type { AccountConfig } from './run-config.js';
import { rupees } from './units.js';

/** Letters, digits and `-_.`: ids become parts of other ids and of file names. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, { error: 'Write an id of letters, digits, - and _, for instance main.' });

/** An account. `capital` is in rupees. */
export const accountSchema = z
  .strictObject({
    id: idSchema,
    broker: pluginUse.prefault({ use: 'paper' }),
    capital: rupees.describe('Rupees.'),
    live: z.boolean().default(false).describe('Without it the account stays on paper, even in a live run.'),
    limits: limitsSchema.prefault({}),
  })
  .transform(({ capital, ...account }): AccountConfig => ({ ...account, capitalPaise: capital }));

import { z } from 'zod';

import type { PluginUse } from './run-config.js';

/** A plug-in by its name, with its own keys beside; what they may be is the plug-in's business. */
export const pluginUse = z
  .looseObject({ use: z.string().min(1, { error: 'Write the name of a plug-in.' }) })
  .transform(({ use, ...config }): PluginUse => ({ use, config }));

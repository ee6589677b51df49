import { runConfigJsonSchema } from '@sauda/engine';

import { EXIT_CODES, type ExitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { loadRegistry } from '../plugins.js';

/** `sauda schema`: the JSON Schema of the configuration file, for editors. */
export async function schema(io: Io): Promise<ExitCode> {
  io.out(`${JSON.stringify(runConfigJsonSchema(await loadRegistry()), null, 2)}\n`);
  return EXIT_CODES.done;
}

import { z } from 'zod';

/** Says that something is not wanted. Older YAML readers make `false` of `off`. */
const off = z.union([z.literal('off'), z.literal(false), z.null()]).transform(() => null);

/** A schema, or `off`, which gives `null`. Mistakes are told in terms of the schema, which is therefore asked first. */
export const orOff = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, off]);

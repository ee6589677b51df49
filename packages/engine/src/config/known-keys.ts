import { z } from 'zod';

import type { PathStep } from './plain-value.js';

/** The keys that a schema knows at a path inside it; empty where it knows none by name. Several readings are taken together. */
export function knownKeysAt(schema: z.core.$ZodType, path: readonly PathStep[]): readonly string[] {
  const keys = schemasAt(schema, path).flatMap((found) => (found instanceof z.ZodObject ? Object.keys(found.shape) : []));
  return [...new Set(keys)];
}

/** Every schema that can apply at a path: wrappers are taken off, unions spread out. */
function schemasAt(schema: z.core.$ZodType, path: readonly PathStep[]): readonly z.core.$ZodType[] {
  const bare = unwrapped(schema);
  const [step, ...rest] = path;
  if (step === undefined) return bare;
  return bare.flatMap((found) => {
    const next = child(found, step);
    return next === undefined ? [] : schemasAt(next, rest);
  });
}

function child(schema: z.core.$ZodType, step: PathStep): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[step];
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return undefined;
}

function unwrapped(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrapped);
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return unwrapped(schema.unwrap());
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodReadonly || schema instanceof z.ZodLazy) return unwrapped(schema.unwrap());
  return [schema];
}

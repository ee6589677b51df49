import { z } from 'zod';

import { columnValue, filesValue, instrumentKeyValue, timeZoneValue, unitsValue } from './feed-values.js';

const contractColumns = {
  last: columnValue.optional(),
  volume: columnValue.optional(),
  openInterest: columnValue.optional(),
  bid: columnValue.optional(),
  ask: columnValue.optional(),
};

/** The shape of a `use: chain-csv` feed's configuration, as written. */
export const chainCsvConfig = z
  .strictObject({
    underlying: instrumentKeyValue,
    files: filesValue,
    /** `long`: one row a contract and snapshot; `wide`: one row a strike, the call's and the put's columns side by side. */
    layout: z.enum(['long', 'wide']).default('long'),
    timeZone: timeZoneValue,
    columns: z.strictObject({
      timestamp: columnValue,
      expiry: columnValue,
      strike: columnValue,
      spot: columnValue.optional(),
      /** CE or PE, C or P, CALL or PUT. */
      optionType: columnValue.optional(),
      ...contractColumns,
    }),
    call: z.strictObject(contractColumns).optional(),
    put: z.strictObject(contractColumns).optional(),
    formats: z.strictObject({ timestamp: z.string().default('iso'), expiry: z.string().default('yyyy-MM-dd') }).prefault({}),
    units: unitsValue,
    /** Rows count only where these columns have these values. */
    filter: z.record(z.string(), z.union([z.string(), z.number().transform(String)])).default({}),
    sort: z.boolean().default(false),
    header: z.boolean().default(true),
    delimiter: z.string().length(1).default(','),
  })
  .superRefine(({ layout, columns, call, put }, context) => {
    const need = (path: readonly string[], found: unknown, message: string): void => {
      if (found === undefined) context.addIssue({ code: 'custom', path: [...path], message });
    };
    if (layout === 'long') {
      need(
        ['columns', 'optionType'],
        columns.optionType,
        'Name the column that says CE or PE; for calls and puts side by side write layout: wide.',
      );
      need(['columns', 'last'], columns.last, 'Name the column with the last price.');
    } else {
      need(['call', 'last'], call?.last, "Name the column with the call's last price, under call.");
      need(['put', 'last'], put?.last, "Name the column with the put's last price, under put.");
    }
  });

/** A `use: chain-csv` feed's configuration, checked. */
export type ChainCsvConfig = z.output<typeof chainCsvConfig>;

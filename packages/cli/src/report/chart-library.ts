import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The sources that draw a page's charts: uPlot, under the MIT licence, whose notice goes along with every copy. */
export interface ChartLibrary {
  readonly script: string;
  readonly style: string;
}

/** Reads the chart library as it is installed beside this package. */
export function chartLibrary(): ChartLibrary {
  // The CommonJS build has no import.meta, the other one no __filename.
  const require = createRequire(typeof __filename === 'string' ? __filename : import.meta.url);
  const read = (path: string): string => readFileSync(path, 'utf8').trim();
  // The address of its home page stands in the first comment; a page that asks no network should not even seem to.
  const script = read(require.resolve('uplot/dist/uPlot.iife.min.js'))
    .replace(/^\/\*!.*?\*\//s, '')
    .trim();
  return {
    script: `/*! uPlot\n${read(require.resolve('uplot/LICENSE'))}\n*/\n${script}`,
    style: read(require.resolve('uplot/dist/uPlot.min.css')),
  };
}

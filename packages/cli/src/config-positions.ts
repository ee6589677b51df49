import { type Document, isNode, isPair, LineCounter, parseDocument } from 'yaml';

/** A YAML or JSON text, read so that lines can be told. */
export interface PositionedDocument {
  readonly value: unknown;
  /** What is no YAML at all. */
  readonly errors: readonly { readonly message: string; readonly line: number }[];
  /** The line of a problem's path, or of the nearest part around it that is there. */
  readonly lineOf: (path: string) => number | undefined;
}

/** Reads YAML 1.2, of which JSON is a part. */
export function readPositioned(text: string): PositionedDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const errors = document.errors.map(({ message, pos: [start] }) => ({ message, line: lines.linePos(start).line }));
  return {
    value: errors.length > 0 ? null : document.toJS(),
    errors,
    lineOf: (path) => {
      const offset = offsetOf(document, stepsOf(path));
      return offset === undefined ? undefined : lines.linePos(offset).line;
    },
  };
}

/** `sets[0].exits.stopLoss` and `instruments["NSE:TCS"].lotSize` as steps. */
export const stepsOf = (path: string): readonly (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, index, quoted, name]) =>
    index !== undefined ? Number(index) : (quoted ?? name ?? ''),
  );

function offsetOf(document: Document, steps: readonly (string | number)[]): number | undefined {
  for (let depth = steps.length; depth > 0; depth -= 1) {
    const parent = depth === 1 ? document.contents : document.getIn(steps.slice(0, depth - 1), true);
    const last = steps[depth - 1];
    const items: readonly unknown[] =
      typeof parent === 'object' && parent !== null && 'items' in parent && Array.isArray(parent.items) ? parent.items : [];
    const item = typeof last === 'number' ? items[last] : items.find((pair) => isPair(pair) && String(pair.key) === last);
    const node = isPair(item) ? item.key : item;
    if (isNode(node) && node.range !== null && node.range !== undefined) return node.range[0];
  }
  return undefined;
}

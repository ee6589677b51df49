import ts from 'typescript';

const forbiddenCalls = new Map([
  ['Date.now', 'takes the time as an input'],
  ['Math.random', 'takes a seeded source of chance as an input'],
  ['performance.now', 'takes the time as an input'],
  ['Math.pow', 'must not differ in its last bit between engines: multiply, or use Math.exp and Math.log'],
  ['Math.sin', 'must not differ in its last bit between engines'],
  ['Math.cos', 'must not differ in its last bit between engines'],
  ['Math.tan', 'must not differ in its last bit between engines'],
]);
const forbiddenNames = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'process',
  'fetch',
  'crypto',
  'console',
  'Buffer',
  'Promise',
]);

/** What is impure in one file of a pure layer: where and why. */
export function impurities(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found = [];
  const report = (node, why) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push(`${path}:${line + 1} ${why}`);
  };
  const visit = (node) => {
    if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) {
      const name = node.getText(source);
      const why = forbiddenCalls.get(name);
      if (why !== undefined) report(node, `${name}: a pure layer ${why}.`);
    }
    if (ts.isNewExpression(node) && node.expression.getText(source) === 'Date' && (node.arguments?.length ?? 0) === 0) {
      report(node, 'new Date(): a pure layer takes the time as an input.');
    }
    if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)) report(node, 'A pure layer waits for nothing.');
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken) {
      report(node, '**: a pure layer must not differ in its last bit between engines; multiply, or use Math.exp and Math.log.');
    }
    if (ts.isIdentifier(node) && forbiddenNames.has(node.text) && isGlobalUse(node))
      report(node, `${node.text}: a pure layer has no effects.`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A name that is read, not a property, a declaration or a key that happens to be called the same. */
function isGlobalUse(node) {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return ts.isCallExpression(parent) || ts.isNewExpression(parent) || ts.isTypeReferenceNode(parent);
}

import ts from 'typescript';

/**
 * The coded answers of a source file: errors that are thrown, refusals and findings that are returned.
 *
 * An error is `new EngineError('area/what', { message, remedy })`. A refusal is an object with `code` and `reason`, a finding one with `code`
 * and `message`, or a call `warnings.set('area/what', message)`. A function that is handed its code is read at each of its calls.
 *
 * @returns `{ kind: 'error' | 'refusal' | 'finding', code, says, remedy, path, line }`, and in `problems` the errors whose code cannot be read.
 */
export function codesOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const answers = [];
  const makers = new Map();
  const problems = [];

  each(source, (node) => {
    const answer = answerIn(node, source);
    if (answer === undefined) return;
    const codes = literalsOf(answer.code);
    const maker = makerOf(answer.code);
    if (codes.length > 0) answers.push({ node, ...answer, codes, bindings: new Map() });
    else if (maker !== undefined) makers.set(maker.name, { ...answer, ...maker });
    else if (answer.kind === 'error') {
      problems.push(`${path}: the code of ${node.getText(source).slice(0, 60)}… is neither a literal nor a parameter.`);
    }
  });

  each(source, (node) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return;
    const maker = makers.get(node.expression.text);
    if (maker === undefined) return;
    const codes = literalsOf(node.arguments[maker.index]).map((code) => `${maker.before}${code}${maker.after}`);
    const bindings = new Map(maker.parameters.map((name, index) => [name, wordsOf(node.arguments[index])]));
    if (codes.length > 0) answers.push({ node, ...maker, codes, bindings });
  });

  const codes = answers.flatMap(({ node, kind, codes: found, says, remedy, many = false, bindings }) =>
    found.map((code) => ({
      kind,
      code,
      says: many ? `${wordsOf(says, bindings)}, with every problem that was found.` : wordsOf(says, bindings),
      remedy: many ? 'Mend each of the places listed.' : wordsOf(remedy, bindings),
      path,
      line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
    })),
  );
  return { codes, problems };
}

function each(node, look) {
  look(node);
  ts.forEachChild(node, (child) => each(child, look));
}

/** The parts of a coded answer, as expressions; `undefined` for any other node. */
function answerIn(node, source) {
  if (ts.isNewExpression(node) && /^(EngineError|ProblemsError)$/.test(node.expression.getText(source))) {
    const [code, second] = node.arguments ?? [];
    if (node.expression.getText(source) === 'ProblemsError') return { kind: 'error', code, says: second, remedy: undefined, many: true };
    return { kind: 'error', code, says: property(second, 'message'), remedy: property(second, 'remedy') };
  }
  if (ts.isObjectLiteralExpression(node) && property(node, 'code') !== undefined && !isArgumentOfError(node, source)) {
    const code = property(node, 'code');
    const reason = property(node, 'reason');
    const message = property(node, 'message');
    // Zod's own issues have a code as well, which names no answer of ours.
    if (literalsOf(code).includes('custom')) return undefined;
    if (reason !== undefined) return { kind: 'refusal', code, says: reason, remedy: undefined };
    if (message !== undefined) return { kind: 'finding', code, says: message, remedy: property(node, 'remedy') };
  }
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    /(^|\.)warnings\.set$/.test(node.expression.getText(source))
  ) {
    const [code, says] = node.arguments;
    return { kind: 'finding', code, says, remedy: undefined };
  }
  return undefined;
}

const isArgumentOfError = (node, source) => ts.isNewExpression(node.parent) && /Error$/.test(node.parent.expression.getText(source));

/** The named function around a code that is its parameter, or a template around its parameter. */
function makerOf(code) {
  if (code === undefined) return undefined;
  if (ts.isTemplateExpression(code) && code.templateSpans.length === 1) {
    const [{ expression, literal }] = code.templateSpans;
    const found = makerOf(expression);
    return found && { ...found, before: code.head.text, after: literal.text };
  }
  if (!ts.isIdentifier(code)) return undefined;
  for (let around = code.parent; around !== undefined; around = around.parent) {
    if (!ts.isFunctionLike(around)) continue;
    const parameters = around.parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : ''));
    const index = parameters.indexOf(code.text);
    if (index < 0) continue;
    const named = around.name ?? (ts.isVariableDeclaration(around.parent) ? around.parent.name : undefined);
    if (named !== undefined && ts.isIdentifier(named)) return { name: named.text, index, parameters, before: '', after: '' };
    // A class that hands its code on to the error it is: its own places are where it is made.
    if (ts.isConstructorDeclaration(around)) return { name: '', index, parameters, before: '', after: '' };
  }
  return undefined;
}

/** A property's value in an object literal. */
function property(object, name) {
  if (object === undefined || !ts.isObjectLiteralExpression(object)) return undefined;
  for (const member of object.properties) {
    if (ts.isPropertyAssignment(member) && member.name.getText() === name) return member.initializer;
    if (ts.isShorthandPropertyAssignment(member) && member.name.text === name) return member.name;
  }
  return undefined;
}

/** The codes that an expression can be, as far as they are written out; a text may go on after a blank. */
function literalsOf(node) {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node) && node.head.text.endsWith(' ')) return [node.head.text.trimEnd()];
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return literalsOf(node.expression);
  return [];
}

/** What an expression says, with … for what is only known when it is said. */
function wordsOf(node, bindings = new Map()) {
  if (node === undefined) return '';
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isIdentifier(node)) return bindings.get(node.text) || '…';
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map(({ expression, literal }) => `${wordsOf(expression, bindings)}${literal.text}`)].join(
      '',
    );
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return `${wordsOf(node.left, bindings)}${wordsOf(node.right, bindings)}`;
  }
  if (ts.isConditionalExpression(node)) return choiceOf(wordsOf(node.whenTrue, bindings), wordsOf(node.whenFalse, bindings));
  if (ts.isParenthesizedExpression(node)) return wordsOf(node.expression, bindings);
  return '…';
}

/** Two ways to say it; a choice between nothing in particular is an ellipsis. */
const choiceOf = (left, right) => (/^[…\s]*$/.test(left) || /^[…\s]*$/.test(right) ? '…' : `${left} / ${right}`);

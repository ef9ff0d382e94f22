// The names that a script of `./mini` may not use freely, found in the parsed text: a name that is only removed from a bare
// engine does not tell who touched it.

import ts from "typescript";

const { SyntaxKind } = ts;

/** Not everywhere, so only where `typeof` has been asked first. */
const askedFor = new Set(
  `wx tt qq my ks bl swan qg WXWebAssembly TTWebAssembly QQWebAssembly MYWebAssembly CCWebAssembly GameGlobal
  FinalizationRegistry WeakRef queueMicrotask BigInt Proxy module`.split(/\s+/),
);

/** What a script may use of ES2017 and of its hosts; everything else has to be its own. */
const free = new Set(
  `Array ArrayBuffer Boolean DataView Date Error Float64Array Int32Array JSON Map Math NaN Infinity Number Object Promise
  Reflect RegExp RangeError Set String Symbol SyntaxError TypeError Uint8Array Int8Array Int16Array Uint16Array Uint32Array
  Float32Array WeakMap WeakSet encodeURIComponent decodeURIComponent isNaN isFinite parseInt parseFloat undefined arguments
  setTimeout clearTimeout`.split(/\s+/),
);

/** Each finding as "line: what". */
export function namesUsedFreely(script) {
  const host = ts.createCompilerHost({ allowJs: true });
  const file = ts.createSourceFile("script.js", script, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const program = ts.createProgram(
    ["script.js"],
    { allowJs: true, noLib: true, noResolve: true, types: [] },
    { ...host, getSourceFile: (name) => (name === "script.js" ? file : undefined) },
  );
  const checker = program.getTypeChecker();
  const found = [];
  const visit = (node) => {
    if (isNeverRun(node)) return;
    if (ts.isIdentifier(node) && isUse(node) && !isOwn(checker, node) && !isAllowed(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${line + 1}: ${node.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** `0 && …`, by which Node learns the exports of a CommonJS file. */
const isNeverRun = ({ operatorToken, left }) =>
  operatorToken?.kind === SyntaxKind.AmpersandAmpersandToken && left.getText() === "0";

/** Not the name of a member, of a label or of a key. */
function isUse(node) {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) return parent.name !== node;
  if (ts.isGetAccessor(parent) || ts.isSetAccessor(parent)) return parent.name !== node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  return !ts.isLabeledStatement(parent) && !ts.isBreakOrContinueStatement(parent);
}

const isOwn = (checker, node) => {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  return symbol?.declarations?.length > 0;
};

function isAllowed(node) {
  if (free.has(node.text)) return true;
  return askedFor.has(node.text) && (isTypeof(node.parent) || isBehindTypeof(node));
}

const isTypeof = (node) => node.kind === SyntaxKind.TypeOfExpression;

/** Whether something around the use runs only if a `typeof` of the same name says that it is there. */
function isBehindTypeof(node) {
  for (let at = node; at.parent; at = at.parent) {
    const asked = askedBefore(at.parent, at);
    if (asked && says(asked.condition, asked.isSo, node.text)) return true;
  }
  return false;
}

/** What is asked before `part` of a node runs, and what the answer was. */
function askedBefore(node, part) {
  if (ts.isConditionalExpression(node) && part !== node.condition) {
    return { condition: node.condition, isSo: part === node.whenTrue };
  }
  if (ts.isIfStatement(node) && part !== node.expression) {
    return { condition: node.expression, isSo: part === node.thenStatement };
  }
  if (!ts.isBinaryExpression(node) || part !== node.right) return undefined;
  const { kind } = node.operatorToken;
  if (kind === SyntaxKind.AmpersandAmpersandToken) return { condition: node.left, isSo: true };
  if (kind === SyntaxKind.BarBarToken) return { condition: node.left, isSo: false };
  return undefined;
}

/** Whether a condition, by its answer, says that the name is there. */
function says(condition, isSo, name) {
  if (ts.isParenthesizedExpression(condition)) return says(condition.expression, isSo, name);
  if (!ts.isBinaryExpression(condition)) return false;
  const { left, operatorToken, right } = condition;
  if (isSo && operatorToken.kind === SyntaxKind.AmpersandAmpersandToken) {
    return says(left, isSo, name) || says(right, isSo, name);
  }
  if (!isTypeof(left) || left.expression.getText() !== name || !ts.isStringLiteral(right)) return false;
  return isSo === THERE.has(`${operatorToken.getText().slice(0, 2)} ${right.text}`);
}

const THERE = new Set(["== object", "== function", "!= undefined"]);

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

/** Whether something around the use runs only if a `typeof` of the same name says so. */
function isBehindTypeof(node) {
  for (let at = node; at.parent; at = at.parent) {
    const condition = conditionOf(at.parent, at);
    if (condition && asksTypeof(condition, node.text)) return true;
  }
  return false;
}

/** What is asked before `part` of a node runs, if anything is. */
function conditionOf(node, part) {
  if (ts.isConditionalExpression(node) && part !== node.condition) return node.condition;
  if (ts.isIfStatement(node) && part !== node.expression) return node.expression;
  const { operatorToken, left, right } = node;
  const isLogical = [SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken].includes(
    operatorToken?.kind,
  );
  return isLogical && part === right ? left : undefined;
}

function asksTypeof(node, name) {
  if (isTypeof(node) && node.expression.getText() === name) return true;
  return ts.forEachChild(node, (child) => asksTypeof(child, name)) ?? false;
}

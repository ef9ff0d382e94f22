// Syntax that the npm packers of mini-game vendors refuse, found in the parsed text and not by searching it.

import ts from "typescript";

const { SyntaxKind } = ts;

const refused = new Map([
  [SyntaxKind.QuestionDotToken, "?."],
  [SyntaxKind.QuestionQuestionToken, "??"],
  [SyntaxKind.QuestionQuestionEqualsToken, "??="],
  [SyntaxKind.BarBarEqualsToken, "||="],
  [SyntaxKind.AmpersandAmpersandEqualsToken, "&&="],
  [SyntaxKind.BigIntLiteral, "bigint literal"],
  [SyntaxKind.PropertyDeclaration, "class field"],
  [SyntaxKind.PrivateIdentifier, "#private"],
  [SyntaxKind.ClassStaticBlockDeclaration, "static block"],
  [SyntaxKind.MetaProperty, "import.meta or new.target"],
  [SyntaxKind.ImportKeyword, "import()"],
]);

/** Each finding as "line: what". An `import` declaration's keyword is no node of its own, so only `import()` is seen. */
export function syntaxBeyondEs2018(script) {
  const file = ts.createSourceFile("main.js", script, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const found = [];
  const visit = (node) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (refused.has(node.kind)) found.push(`${line}: ${refused.get(node.kind)}`);
    if (ts.isCatchClause(node) && !node.variableDeclaration) found.push(`${line}: catch without a binding`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

// The README's snippets as programs: each gets what its surroundings would have declared.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = new URL("../../../", import.meta.url);

/** The text of every block in the language. */
export function snippets(language: string): string[] {
  const readme = readFileSync(new URL("README.md", root), "utf8");
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, code]) => code as string,
  );
}

/** The player of every snippet. */
export const PLAYER = { openid: "4724195171999796436", token: "a-login-token" };

/** What the prose around a snippet takes for granted; declared where the snippet does not do so itself. */
const surroundings: Record<string, string> = {
  openid: `const openid = ${JSON.stringify(PLAYER.openid)};`,
  token: `const token = ${JSON.stringify(PLAYER.token)};`,
  devicePixelRatio: "const devicePixelRatio = 2;",
  show: "function show(...shown: unknown[]): void { console.log(...shown); }",
  player: "const player = { openid, token };",
  sessionOf: `const sessionOf = (cookie: string | null) => (cookie === "none" ? null : ${JSON.stringify(PLAYER)});`,
  sopenid: 'const sopenid = "sHlap1b2ZKIs92noWooBci31u9Y8";',
  msdk: 'const msdk = await createClient({ baseUrl: "/msdk", channel: Channel.WeChat, signer: proxied() });',
  wx: `const wx = {
  request({ url, header, data, success }: { url: string; header: Record<string, string>; data: string; success(answer: object): void }) {
    void fetch(url, { method: "POST", headers: header, body: data }).then(async (answer) =>
      success({ statusCode: answer.status, header: {}, data: await answer.arrayBuffer() }));
  },
};`,
  qq: 'const qq = await createClient({ baseUrl: "/msdk", channel: Channel.QQ, signer: proxied() });',
};

/** Without imports, comments and strings, in which a name means nothing. */
const codeOf = (text: string) => text.replace(/^import .*$|\/\/.*$|"[^"]*"|'[^']*'/gm, "");

/** `call(); // value` with a whole value becomes a check of it. */
const checked = (snippet: string) =>
  snippet.replace(/^([a-z]\w*\(.*\)); \/\/ ("[^"…]*"|\d+)(?:[:,].*)?$/gm, "assert.equal($1, $2);");

/** The snippet as a module that compiles. */
export function programOf(snippet: string): string {
  const needed = new Set<string>();
  const need = (text: string) => {
    for (const [name, declaration] of Object.entries(surroundings)) {
      const isUsed = new RegExp(`\\b${name}\\b(?!:)`).test(codeOf(text));
      const isDeclared = new RegExp(`(const|let) [^=]*\\b${name}\\b[^=]*=`).test(text);
      if (isUsed && !isDeclared && !needed.has(name)) {
        needed.add(name);
        need(declaration);
      }
    }
  };
  need(snippet);
  const declarations = Object.entries(surroundings).filter(([name]) => needed.has(name));
  const prelude = declarations.map(([, declaration]) => declaration);
  const own = snippet.includes("import ")
    ? ""
    : 'import { Channel, createClient, proxied } from "msdk-friends";\n';
  const end = [
    snippet.includes("const proxy =") ? "await proxy.close();\n" : "",
    snippet.includes("const server = createServer") ? "server.close();\n" : "",
  ].join("");
  return `import assert from "node:assert/strict";\n${own}${checked(snippet + end).replace(/^(import .*\n)*/, (imports) => `${imports}${prelude.join("\n")}\n`)}`;
}

/** Writes the programs where they find the package, and returns their paths. */
export function writePrograms(programs: readonly string[]): { directory: string; paths: string[] } {
  const directory = new URL("target/msdk-build/readme/", root).pathname;
  mkdirSync(decodeURI(directory), { recursive: true });
  const paths = programs.map((program, index) => {
    const path = join(decodeURI(directory), `snippet-${index + 1}.ts`);
    writeFileSync(path, program);
    return path;
  });
  return { directory: decodeURI(directory), paths };
}

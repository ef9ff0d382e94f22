import { SETTINGS, variableOf } from "./settings.ts";

const rows = Object.entries(SETTINGS).map(
  ([name, { meaning }]) => `  ${name.padEnd(23)}${meaning}\n  ${"".padEnd(23)}${variableOf(name)}`,
);

export const HELP = `msdk-proxy: signs the calls of proxied() pages with the game's key, which stays here

Usage
  msdk-proxy --config proxy.json
  MSDK_PROXY_UPSTREAM=China MSDK_PROXY_KEYS_FILE=/run/secrets/msdk … msdk-proxy

It serves POST /msdk/v2/…, /healthz and /readyz. It prints the line: listening on http://127.0.0.1:PORT
Each other line is a JSON object, without secrets.

Options
  --config FILE          settings as JSON; also MSDK_PROXY_CONFIG. The environment goes before it.
  -h, --help             this text
  --version              the package's version

Settings, and their variables (lists with commas)
${rows.join("\n")}

Keys
  keysFile, or MSDK_PROXY_KEY for the source 0 and MSDK_PROXY_KEY_<source> for others. Never an option: whoever lists
  the machine's processes would read it. SIGHUP reads the file again; a file that is wrong changes nothing.

Exit codes
  0 ended by SIGINT or SIGTERM    1 cannot start    2 wrong settings
`;

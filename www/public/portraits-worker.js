// Only beside the sandbox: draws the pictures of its made-up players, whose hosts no test machine can reach.
// The page's img elements keep the real URLs; nothing else is touched.

const drawn = (host) => host === "qlogo.cn" || host.endsWith(".qlogo.cn") || host === "avatars.example";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
// A page that was reloaded past the worker asks to be taken in again.
self.addEventListener("message", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (drawn(url.hostname)) event.respondWith(portrait(url.pathname));
});

/** The same face in every size: the last segment is the size, what stands before it is the person. */
function portrait(path) {
  const [, person, size = ""] = /^(.*?)(?:\/(\d{1,3}))?\/?$/.exec(path);
  const seed = hash(person);
  const hue = seed % 360;
  const tilt = ((seed >>> 9) % 50) - 25;
  // The original, 0, is as large as an original may be.
  const pixels = Number(size) || 640;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="${pixels}" height="${pixels}">
    <rect width="96" height="96" fill="hsl(${hue} 45% 82%)"/>
    <g transform="rotate(${tilt} 48 48)" fill="hsl(${(hue + 40) % 360} 50% 66%)">${shape(seed >>> 16)}</g>
    <circle cx="48" cy="41" r="15" fill="hsl(${hue} 42% 34%)"/>
    <path d="M17 96a31 32 0 0 1 62 0z" fill="hsl(${hue} 42% 34%)"/>
    ${size && label(size)}
  </svg>`;
  return new Response(svg, { headers: { "content-type": "image/svg+xml", "cache-control": "no-store" } });
}

function shape(seed) {
  const shapes = [
    '<circle cx="24" cy="22" r="30"/>',
    '<rect x="44" y="-20" width="80" height="80"/>',
    '<path d="M-10 70 60-30 120 70z"/>',
    '<path d="M-20 20h140v24h-140z"/>',
  ];
  return shapes[seed % shapes.length];
}

function label(size) {
  return `<g font-family="ui-monospace,monospace" font-size="25" font-weight="700" text-anchor="middle">
    <text x="48" y="90" fill="#fff">${size}</text></g>`;
}

/** FNV-1a. */
function hash(text) {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0), 0x01000193);
  return value >>> 0;
}

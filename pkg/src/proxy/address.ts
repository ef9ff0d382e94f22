// Whose address a call comes from, and which proxies may say so.

/** Four numbers up to 255, as whole systems write them: no zero in front. */
const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** What IPv6 puts in front of an IPv4 address. */
const MAPPED = "0".repeat(80) + "1".repeat(16);

/** An address as its 128 bits, IPv4 as IPv6 maps it; nothing of a text that is none. */
export function bitsOf(text: string): string | undefined {
  // A zone says through which interface; ports and brackets are not part of an address.
  const address = text.trim().replace(/%.*$/, "");
  if (V4.test(address)) return MAPPED + address.split(".").map(octetOf).join("");
  if (!/^[\da-f:.]+$/i.test(address)) return undefined;
  try {
    // The URL parser knows every way to write an IPv6 address, and writes them all in one.
    const { hostname } = new URL(`http://[${address}]/`);
    return groupsOf(hostname.slice(1, -1))
      .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0"))
      .join("");
  } catch {
    return undefined;
  }
}

const octetOf = (text: string): string => Number(text).toString(2).padStart(8, "0");

/** The eight groups of an address as URLs write it. */
function groupsOf(hostname: string): string[] {
  const [head = "", tail] = hostname.split("::");
  const parts = (text: string) => text.split(":").filter((group) => group !== "");
  if (tail === undefined) return parts(head);
  const zeros = Array.from({ length: 8 - parts(head).length - parts(tail).length }, () => "0");
  return [...parts(head), ...zeros, ...parts(tail)];
}

/** The leading bits that addresses of a range share, for `10.0.0.0/8`, `fd00::/8` or one address. */
export function rangeOf(text: string): string | undefined {
  const [address = "", length, ...more] = text.split("/");
  const bits = bitsOf(address);
  if (!bits || more.length > 0) return undefined;
  if (length === undefined) return bits;
  const given = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  const most = address.includes(":") ? 128 : 32;
  if (!(given <= most)) return undefined;
  return bits.slice(0, given + (most === 32 ? MAPPED.length : 0));
}

/**
 * The address of whoever called: the connection's own, or where that is a trusted proxy's, the last one of
 * `x-forwarded-for` that is none. Whatever stands in front of that one, the caller has written.
 */
export function callerAddress(
  connection: string | undefined,
  forwardedFor: string | undefined,
  trusted: readonly string[],
): string | undefined {
  if (connection === undefined) return undefined;
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim());
  let caller = connection;
  while (hops.length > 0 && isIn(trusted, caller)) {
    const next = withoutPort(hops.pop() ?? "");
    // What cannot be read was not written by a proxy that we trust.
    if (!bitsOf(next)) break;
    caller = next;
  }
  return caller;
}

/** Some balancers write where from as well. */
const withoutPort = (hop: string): string => hop.replace(/^\[(.+)\](:\d+)?$|^([\d.]+):\d+$/, "$1$3");

function isIn(ranges: readonly string[], address: string): boolean {
  const bits = ranges.length > 0 ? bitsOf(address) : undefined;
  return bits !== undefined && ranges.some((range) => bits.startsWith(range));
}

/** What one subscriber has: an IPv4 address, or the network of an IPv6 one, in which everybody has 2^64. */
export function subscriberOf(address: string): string {
  const bits = bitsOf(address);
  if (!bits) return "unknown";
  const isV4 = bits.startsWith(MAPPED);
  const own = isV4 ? bits.slice(MAPPED.length) : bits.slice(0, 64);
  return BigInt(`0b1${own}`).toString(36);
}

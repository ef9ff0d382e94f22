const UNRESERVED = /^[A-Za-z0-9\-._~]*$/;

/** Every parameter but `sig`, sorted by name, empty values kept; what would have to be escaped is refused. */
export function canonicalQuery(query) {
  let canonical = "";
  // Names are ASCII, so the order of UTF-16 code units is the order of bytes.
  for (const name of Object.keys(query).sort()) {
    const value = String(query[name]);
    if (name === "" || name === "sig" || !UNRESERVED.test(name) || !UNRESERVED.test(value)) {
      throw new Error(`the parameter ${name}`);
    }
    canonical += `${canonical === "" ? "" : "&"}${name}=${value}`;
  }
  return canonical;
}

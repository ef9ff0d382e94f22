const isObject = (value) => typeof value === "object" && value !== null;

/** Deep equality of plain data; the order of an object's keys does not count. */
export function sameValue(a, b) {
  if (!isObject(a) || !isObject(b)) return Object.is(a, b);
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
  );
}

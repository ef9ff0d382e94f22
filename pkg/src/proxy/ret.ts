// The backend's return code, for whoever runs the proxy: the caller gets the answer as it came.

/** A refusal is short; what is longer is a list, which is not read twice. */
const MOST_BYTES = 4096;
/** The platform's codes have at most five digits. */
const MOST = 2 ** 31;

/** The `ret` of an answer that refuses the call. */
export function refusingRet(bytes: Uint8Array): number | undefined {
  if (bytes.length > MOST_BYTES) return undefined;
  try {
    const { ret } = JSON.parse(new TextDecoder().decode(bytes)) as { ret?: unknown };
    return typeof ret === "number" && Number.isInteger(ret) && ret !== 0 && Math.abs(ret) < MOST
      ? ret
      : undefined;
  } catch {
    // What is no JSON, the client says.
    return undefined;
  }
}

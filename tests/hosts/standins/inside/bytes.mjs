// Bytes as they cross to the process outside: a string with a character for each.

export function bytesOf(binary) {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

export function binaryOf(buffer) {
  const bytes = new Uint8Array(buffer);
  let binary = "";
  for (let at = 0; at < bytes.length; at += 1) binary += String.fromCharCode(bytes[at]);
  return binary;
}

export const utf8 = {
  encode: (text) => unescape(encodeURIComponent(text)),
  decode: (binary) => decodeURIComponent(escape(binary)),
};

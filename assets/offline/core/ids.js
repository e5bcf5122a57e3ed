// Identifiers made on the phone. Unique by their random bits; their time is for locality only.

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** @param {ArrayLike<number>} bytes */
export function hex(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += HEX[bytes[i]];
  return text;
}

/**
 * @param {number} now milliseconds
 * @param {(count: number) => Uint8Array} random
 */
export function uuid7(now, random) {
  const bytes = random(16);
  // A phone that thinks it is 1969 still needs a valid id.
  let time = Math.max(0, Math.floor(now));
  for (let i = 5; i >= 0; i--, time = Math.floor(time / 256)) bytes[i] = time % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The keyword under which pictures of graphengine carry how they were made. */
const KEYWORD = "graphengine\0";
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether the bytes are a PNG that carries a workflow. */
export function carriesWorkflow(bytes: Uint8Array): boolean {
  if (!SIGNATURE.every((byte, index) => bytes[index] === byte)) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (ascii(bytes, at + 4, 4) === "iTXt" && ascii(bytes, at + 8, KEYWORD.length) === KEYWORD) return true;
    at += 12 + length;
  }
  return false;
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

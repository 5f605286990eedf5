/** The longest name of a file, in bytes of UTF-8, that all usual file systems take, less what an ending and a number need. */
const mostBytes = 180;

// What Windows keeps for devices, whatever the ending.
const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/iu;

/**
 * A name as the name of a file: one part of a path, the same on every system; letters of all scripts stay.
 * @example
 * fileNameOf("../Offer: 10 % off?"); // => "Offer- 10 % off-"
 */
export function fileNameOf(name: string): string {
  const plain = name
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[/\\:*?"<>|]/gu, "-")
    .replace(/\s+/gu, " ")
    .replace(/^[.\s-]+/u, "");
  const short = cut(plain).replace(/[.\s]+$/u, "");
  if (short === "") return "unnamed";
  return reserved.test(short) ? `-${short}` : short;
}

function cut(text: string): string {
  let bytes = 0;
  let kept = "";
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > mostBytes) break;
    kept += character;
  }
  return kept;
}

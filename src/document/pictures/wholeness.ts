/** How wide and high a picture is, in pixels, and whether its bytes reach to its end. */
interface Extent {
  readonly width: number;
  readonly height: number;
  readonly isWhole: boolean;
}

/** Providers refuse pictures that are wider or higher (Anthropic: 8,000); in pixels. */
const longestSide = 8_000;

/**
 * Why models would not take a picture whose kind is known by how it begins: it breaks off, or is too large; undefined for a
 * good one. Its pixels are not looked at.
 */
export function pictureFault(bytes: Uint8Array, mediaType: string): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let extent: Extent | undefined;
  try {
    extent = readers[mediaType]?.(view);
  } catch (error) {
    // What it says of itself leads past its end.
    if (!(error instanceof RangeError)) throw error;
  }
  if (extent === undefined || !extent.isWhole || extent.width === 0 || extent.height === 0)
    return "is broken, or breaks off before its end";
  const { width, height } = extent;
  if (Math.max(width, height) <= longestSide) return undefined;
  return `has ${width} × ${height} pixels, and models take at most ${longestSide} on a side`;
}

const readers: Readonly<Record<string, (view: DataView) => Extent | undefined>> = {
  "image/png": png,
  "image/jpeg": jpeg,
  "image/gif": gif,
  "image/webp": webp,
};

const letters = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((place) => view.getUint8(at + place)));

/** Chunks of a length, a name, data and a sum, from IHDR to IEND (W3C, PNG). */
function png(view: DataView): Extent {
  let at = 8;
  while (letters(view, at + 4) !== "IEND") at += 12 + view.getUint32(at);
  view.getUint32(at + 8); // its sum is there, too
  return { width: view.getUint32(16), height: view.getUint32(20), isWhole: true };
}

/** Segments up to the frame's, which has the size; the picture ends with the last EOI behind it (ITU T.81). */
function jpeg(view: DataView): Extent | undefined {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint8(at + 1) === 0xff) at += 1;
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff || marker === 0xda) return undefined;
    if (marker < 0xc0 || marker > 0xcf || [0xc4, 0xc8, 0xcc].includes(marker)) continue;
    let end = view.byteLength - 2;
    while (end > at && view.getUint16(end) !== 0xffd9) end -= 1;
    return { width: view.getUint16(at + 7), height: view.getUint16(at + 5), isWhole: end > at };
  }
}

/** The last byte but for padding is the trailer's (GIF89a). */
function gif(view: DataView): Extent {
  let end = view.byteLength - 1;
  while (end > 13 && view.getUint8(end) === 0) end -= 1;
  return {
    ...{ width: view.getUint16(6, true), height: view.getUint16(8, true) },
    isWhole: end > 13 && view.getUint8(end) === 0x3b,
  };
}

/** A RIFF file says how long it is; its first chunk has the size (RFC 9649). */
function webp(view: DataView): Extent | undefined {
  const isWhole = view.getUint32(4, true) + 8 <= view.byteLength;
  const kind = letters(view, 12);
  if (kind === "VP8X") {
    const side = (at: number): number => 1 + view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
    return { width: side(24), height: side(27), isWhole };
  }
  if (kind === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff), isWhole };
  }
  if (kind !== "VP8 ") return undefined;
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, isWhole };
}

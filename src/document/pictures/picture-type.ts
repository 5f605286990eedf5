const signatures: readonly (readonly [mediaType: string, offset: number, bytes: readonly number[]])[] = [
  ["image/png", 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", 0, [0xff, 0xd8, 0xff]],
  ["image/gif", 0, [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", 8, [0x57, 0x45, 0x42, 0x50]],
];

/**
 * What kind of picture bytes are, by how they begin, whatever a name or a server says; undefined when none that
 * models take (PNG, JPEG, GIF, WebP).
 * @example
 * pictureType(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)); // => "image/jpeg"
 */
export function pictureType(bytes: Uint8Array): string | undefined {
  return signatures.find(([, offset, signature]) => signature.every((byte, at) => bytes[offset + at] === byte))?.[0];
}

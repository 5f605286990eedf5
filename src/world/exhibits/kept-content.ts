import type { SourceDocument } from "../../document/document.ts";
import { readDocumentFile } from "../../document/files/file.ts";
import { loadPicture, type Picture } from "../../document/pictures/load-picture.ts";
import { documentOf } from "../../document/read/document-of.ts";
import { withText } from "../../document/read/with-text.ts";
import { keepCall } from "../../document/web/kept-call.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import type { Digest } from "../../kernel/values/hash.ts";
import { digest, digestJson } from "../../kernel/values/hash.ts";
import type { Checked } from "./exhibit.ts";

/** What is seen of an exhibit. */
export type Content =
  | { readonly kind: "image"; readonly picture: Picture }
  | { readonly kind: "document"; readonly document: SourceDocument };

/**
 * What is shown, as it was when it was shown in this place first: read once, then served from the journal, which keeps
 * each content once. Throws as `loadPicture`, and DOCUMENT_UNREADABLE.
 */
export async function keptContent(
  exhibit: Checked,
  { context, occurrenceOf }: { readonly context: Context; readonly occurrenceOf: (key: Digest) => number },
): Promise<Content> {
  const key = digestJson({ shown: sourceOf(exhibit) });
  const place = { scope: `${context.scope}/shown:${key.slice(0, 16)}`, key, occurrence: occurrenceOf(key) };
  const { calls } = context.journal;
  const known = await calls.find(place.scope, key, place.occurrence);
  const kept = known === undefined ? undefined : await calls.text(known.schema);
  if (kept !== undefined) return fromText(kept);
  const started = performance.now();
  const content = await read(exhibit, context.signal);
  const text = toText(content);
  const body = { digest: digest(text), text };
  await keepCall(
    calls,
    { ...place, by: "exhibit" },
    { value: exhibit.name, body, durationMs: performance.now() - started },
  );
  return content;
}

function sourceOf(exhibit: Checked): unknown {
  const source = exhibit.kind === "image" ? exhibit.image : exhibit.document;
  if (typeof source === "string") return source;
  if (source instanceof URL) return source.href;
  if (source instanceof Uint8Array) return digest(source);
  return "bytes" in source ? [source.location, digest(source.bytes)] : source.digest;
}

async function read(exhibit: Checked, signal: AbortSignal): Promise<Content> {
  if (exhibit.kind === "image") return { kind: "image", picture: await loadPicture(exhibit.image) };
  const { document, limits } = exhibit;
  const options = { ...(limits && { limits }), signal };
  const reading =
    typeof document === "string" ? readDocumentFile({ path: document }, options) : documentOf(document, options);
  return { kind: "document", document: withText(await reading) };
}

function toText(content: Content): string {
  if (content.kind === "document") return JSON.stringify(content);
  const { data, ...picture } = content.picture;
  return JSON.stringify({ kind: content.kind, picture: { ...picture, data: Buffer.from(data).toString("base64") } });
}

function fromText(text: string): Content {
  const content = JSON.parse(text) as Content;
  if (content.kind === "document") return content;
  const data = new Uint8Array(Buffer.from(String(content.picture.data), "base64"));
  return { kind: "image", picture: { ...content.picture, data } };
}

import type { EventBody, JournalEvent } from "../kernel/contracts/events.ts";
import type { EventRow, NewEventRow, Store } from "../kernel/contracts/store.ts";
import { type Digest, digest, digestJson } from "../kernel/values/hash.ts";
import { storeDamaged } from "./failures.ts";

/** The type of a row that is no event: from its ordinal on, what its scope told before no longer belongs to the story. */
export const cutType = "cut";

/** An event as a row, and the bytes that it carries as texts of their own, by digest. */
export interface Written {
  readonly row: NewEventRow;
  readonly texts: ReadonlyMap<Digest, string>;
}

export interface RowPlace {
  readonly scope: string;
  readonly ordinal: number;
  readonly take: number;
}

/** The row of an event; equal events have equal digests, whatever the order of their keys. */
export function eventRow(event: JournalEvent, place: RowPlace): Written {
  const row = { ...place, type: event.type };
  if (!mayHoldBytes(event)) {
    return { row: { ...row, digest: digestJson(event), body: JSON.stringify(event) }, texts: new Map() };
  }
  const texts = new Map<Digest, string>();
  const body = JSON.stringify(event, function (this: Record<string, unknown>, key, value: unknown) {
    const raw = this[key];
    if (!(raw instanceof Uint8Array)) return value;
    const bytes = digest(raw);
    texts.set(bytes, Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString("base64"));
    return { $bytes: bytes };
  });
  return { row: { ...row, digest: digestJson(JSON.parse(body)), body }, texts };
}

/** Whoever sees something may see a picture; of all other events nothing is bytes. */
function mayHoldBytes(event: JournalEvent): boolean {
  return (event.type === "stimulus" || event.type === "broadcast") && event.stimulus.images !== undefined;
}

export function cutRow(place: RowPlace): NewEventRow {
  return { ...place, type: cutType, digest: "", body: "{}" };
}

/** The event of a row, with its pictures' bytes back in their places. Throws STORE_FAILED for a row that is damaged. */
export async function eventOf(row: EventRow, store: Pick<Store, "location" | "text">): Promise<JournalEvent> {
  const event = parsedBody(row, store.location);
  if ((event.type !== "stimulus" && event.type !== "broadcast") || event.stimulus.images === undefined) return event;
  const images = event.stimulus.images.map(async (image) => {
    const { $bytes } = image.data as unknown as { $bytes: Digest };
    const base64 = await store.text($bytes);
    return base64 === undefined ? image : { ...image, data: new Uint8Array(Buffer.from(base64, "base64")) };
  });
  return { ...event, stimulus: { ...event.stimulus, images: await Promise.all(images) } };
}

function parsedBody({ body }: EventRow, location: string): JournalEvent<EventBody> {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw error instanceof SyntaxError ? storeDamaged(location, error) : error;
  }
}

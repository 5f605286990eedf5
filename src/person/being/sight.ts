import {
  isLoaded,
  loadedPicture,
  loadPicture,
  type Picture,
  type PictureSource,
} from "../../document/pictures/load-picture.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import type { Stimulus } from "../../kernel/contracts/person.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";

/** Something to look at: pictures, a description, or both. */
export interface Sight {
  readonly description?: string;
  readonly image?: PictureSource;
  readonly images?: readonly PictureSource[];
  /** Who shows it, by name. */
  readonly source?: string;
}

/** What goes with a description; pictures that need loading are seen by `await person.see({ image })`. */
export interface SeeOptions {
  readonly source?: string;
  readonly images?: readonly (Uint8Array | Picture)[];
}

/** Who something comes from, and the pictures that come with it. */
export interface Sent {
  readonly source?: string | undefined;
  readonly images?: readonly Picture[];
}

/** What is perceived, from whom and with which pictures. */
export function stimulusOf(what: Stimulus, { source, images = [] }: Sent): Stimulus {
  return { ...what, ...(source !== undefined && { source }), ...(images.length > 0 && { images }) };
}

/** Throws MODEL_UNSUPPORTED when pictures are shown to somebody whose model takes none. */
export function needsEyes({ models }: Context, pictures: readonly unknown[]): void {
  if (pictures.length === 0 || models.actor.limits.images) return;
  throw new TinyTroupeError("MODEL_UNSUPPORTED", `The model ${models.actor.id} takes no pictures.`, {
    data: { model: models.actor.id, feature: "images" },
    hint: "Describe in words what the person sees, or use a model that takes pictures.",
  });
}

/** The pictures of a sight, loaded one after another. */
export async function picturesOf(sight: Sight, context: Context): Promise<readonly Picture[]> {
  const sources = [...(sight.image === undefined ? [] : [sight.image]), ...(sight.images ?? [])];
  needsEyes(context, sources);
  const pictures: Picture[] = [];
  for (const source of sources) {
    pictures.push(isLoaded(source) ? loadedPicture(source) : await loadPicture(source));
  }
  return pictures;
}

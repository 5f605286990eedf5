import { resolve } from "node:path";
import { loadPicture } from "../../../document/pictures/load-picture.ts";
import type { Context } from "../../../kernel/contracts/context.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import { type Instrument, itemsOf } from "../../instrument/document.ts";
import { type Item, partsOf } from "../../instrument/items.ts";
import type { Picture } from "./sitting.ts";

/** The pictures of an instrument by their files. Throws MODEL_UNSUPPORTED before anything is asked where the model takes none. */
export async function picturesOf(
  instrument: Instrument,
  { models }: Pick<Context, "models">,
  folder = ".",
): Promise<ReadonlyMap<string, Picture>> {
  const files = [...new Set(itemsOf(instrument).flatMap(imagesIn))];
  const { id, limits } = models.actor;
  if (files.length > 0 && !limits.images) {
    throw new TinyTroupeError(
      "MODEL_UNSUPPORTED",
      `The model ${id} takes no pictures, and the survey shows ${files[0]}.`,
      {
        data: { model: id, feature: "images" },
        hint: "Use a model that takes pictures, or say in words what they show.",
      },
    );
  }
  const loaded = await Promise.all(files.map((file) => loadPicture(resolve(folder, file))));
  return new Map(files.map((file, place) => [file, loaded[place] as Picture]));
}

const imagesIn = (item: Item): readonly string[] =>
  [item.image, ...partsOf(item).flatMap(({ options }) => options.map(({ image }) => image))].flatMap(
    (image) => image ?? [],
  );

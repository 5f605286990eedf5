import { defineKind, idsOf } from "../../kind.ts";
import { Options } from "../../written.ts";

/** One of several pictures. */
export const imageChoice = defineKind(
  "image-choice",
  { options: Options.describe("Each with a picture; the label says what is on it.") },
  {
    parts: ({ id, options }) => [{ id, scale: { kind: "nominal", options: idsOf(options) }, options }],
    wrong: ({ options }) =>
      options.flatMap(({ id, image }, place) =>
        image === undefined
          ? [{ path: `options.${place}`, message: `'${id}' has no picture: give its file as \`image\`.` }]
          : [],
      ),
  },
);

import type { Message } from "../../../../kernel/contracts/model.ts";
import type { Author } from "../../fill/author.ts";
import { freshIn, type Reader, writtenIn } from "../../reading.ts";
import type { Shape } from "../../shape/shape.ts";
import { core } from "../../shape/shape.ts";
import { speech, thought } from "../../speech/compose.ts";
import type { Scene } from "../../speech/scene.ts";
import { turnDraft } from "../act.ts";
import type { Offer } from "../tools/offer.ts";

interface Mending {
  readonly shape: Shape;
  readonly author: Author;
  readonly messages: readonly Message[];
  readonly reader: Reader;
  readonly offerOf: (shape: Shape) => Offer;
}

/** A turn once more, or other words for the texts of one, by what is asked for. */
export function repairDraft(scene: Scene, { shape, author, messages, reader, offerOf }: Mending): unknown {
  const { body } = core(shape);
  const asksForTexts = body.kind === "object" && body.fields.some((field) => field.name === "texts");
  if (!asksForTexts) {
    const parts = { fresh: freshIn(messages, reader), written: writtenIn(messages, reader) };
    return turnDraft(scene, shape, { author, offer: offerOf(shape), ...parts });
  }
  const asked = reader.text(messages.at(-1) ?? { role: "user", content: "" });
  const texts = [...asked.matchAll(/^\[(\d+)\] (TALK|THINK)\b/gmu)].map(([, number, type]) => ({
    number: Number(number),
    content: type === "TALK" ? speech(scene) : thought(scene, false),
  }));
  return { texts };
}

import type { Answer } from "../../../kernel/contracts/answers/answer.ts";
import type { Fork, Forkable } from "../../../kernel/contracts/asked/fork.ts";
import type { Part } from "../../../kernel/contracts/model.ts";
import type { Stimulus } from "../../../kernel/contracts/person.ts";
import { answerInWords, type ShownItem } from "../../flow/shown.ts";
import type { Instrument } from "../../instrument/document.ts";
import { itemInWords } from "../../wording/item-words.ts";

/** What somebody remembers of a questionnaire while they answer it: nothing, what was in the same block, or all of it. */
export type SurveyMemory = "none" | "block" | "all";

/** What tells the forks of one person apart. */
export interface SittingPlace {
  readonly instrument: string;
  /** Of this asking, where it has one. */
  readonly name?: string;
  readonly variant: string;
  readonly sample: number;
}

/** A picture, ready for a model. */
export type Picture = Extract<Part, { type: "image" }>;

interface Heading {
  readonly person: Forkable;
  readonly instrument: Instrument;
  readonly memory: SurveyMemory;
  readonly place: SittingPlace;
  /** By file, as the instrument names them. */
  readonly pictures: ReadonlyMap<string, Picture>;
}

/** Somebody at a questionnaire: the forks of them who read its items, each named by what it is asked. */
export class Sitting {
  readonly #heading: Heading;
  /** Everything to read that was passed so far. */
  readonly #read: ShownItem[] = [];
  #current: { readonly name: string; readonly fork: Fork } | undefined;

  constructor(heading: Heading) {
    this.#heading = heading;
  }

  /** A fork who has the whole item before them, and what there was to read before it. */
  async facing(
    item: ShownItem,
    { block, notes }: { readonly block: string; readonly notes: readonly ShownItem[] },
  ): Promise<Fork> {
    const { person, instrument, memory, place } = this.#heading;
    const name = memory === "none" ? `item ${item.id}` : memory === "block" ? `block ${block}` : "whole";
    this.#read.push(...notes);
    if (this.#current?.name === name) {
      this.#current.fork.observe(...this.#said([...notes, item]));
      return this.#current.fork;
    }
    const fork = await person.fork("survey", { asking: { ...place, part: name } });
    const intro = instrument.intro === undefined ? [] : [fromOutside(instrument.intro)];
    fork.observe(...intro, ...this.#said([...this.#read, item]));
    this.#current = { name, fork };
    return fork;
  }

  /** What was answered is remembered by those who go on. */
  remember(item: ShownItem, answers: readonly Answer[]): void {
    const { memory } = this.#heading;
    if (memory === "none") return;
    const lines = answers.flatMap((answer) => {
      const part = item.parts.find(({ id }) => id === answer.item);
      const value = answerInWords(answer, part);
      const asked = part?.asks === undefined ? "" : `${part.asks}: `;
      return value === undefined ? [] : [`${asked}${value}`];
    });
    const words = answers.flatMap(({ words: own }) => own ?? []);
    const content = [...(lines.length === 0 ? ["I gave no answer."] : ["I answered:", ...lines]), ...new Set(words)];
    this.#current?.fork.observe({ type: "THOUGHT", content: content.join("\n") });
  }

  #said(items: readonly ShownItem[]): readonly Stimulus[] {
    const { pictures } = this.#heading;
    const shown = (content: string, file: string | undefined): readonly Stimulus[] => {
      const picture = file === undefined ? undefined : pictures.get(file);
      return picture === undefined ? [] : [{ type: "VISUAL", content, images: [picture] }];
    };
    return items.flatMap((item) => [
      ...shown("A picture of the questionnaire:", item.image),
      ...item.parts.flatMap(({ options }) =>
        options.flatMap(({ label, image }) => shown(`The picture of “${label}”:`, image)),
      ),
      fromOutside(itemInWords(item)),
    ]);
  }
}

const fromOutside = (content: string): Stimulus => ({ type: "CONVERSATION", source: "Questionnaire", content });

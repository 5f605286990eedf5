import type { Context } from "../../kernel/contracts/context.ts";
import type { Stimulus } from "../../kernel/contracts/person.ts";
import type { Shown } from "../../kernel/contracts/told/shown.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { type Checked, checkedExhibit, type Exhibit, unfit } from "./exhibit.ts";
import { type Content, keptContent } from "./kept-content.ts";
import { withinTokens } from "./within-tokens.ts";

/** What people perceive of an exhibit. */
export interface Showing {
  /** As it stands in the journal, without the content. */
  readonly told: Stimulus;
  /** The text of a document, which people perceive below what they are told. */
  readonly text?: string;
  readonly shown: Shown;
}

const usualTokens = 4_000;

/** Knows what was shown in a world, and which version of it was the last. */
export class Gallery {
  readonly #context: Context;
  readonly #last = new Map<string, Shown>();
  readonly #occurrences = new Map<string, number>();
  #showing: Promise<unknown> = Promise.resolve();

  constructor(context: Context) {
    this.#context = context;
  }

  /** Has something shown, one after the other in the order of the calls, however long each takes to be read. */
  show(exhibit: Exhibit, present: (showing: Showing) => void): Promise<Shown> {
    const shown = this.#showing.then(async () => {
      const checked = this.#known(checkedExhibit(exhibit));
      const showing = await this.#prepare(checked);
      present(showing);
      this.#last.set(checked.thing, showing.shown);
      return showing.shown;
    });
    this.#showing = shown.catch(() => undefined); // whoever showed it hears of the failure
    return shown;
  }

  /** What is called as a file that was shown is the next version of that. */
  #known(exhibit: Checked): Checked {
    const { name, thing } = exhibit;
    if (thing !== name || this.#last.has(thing)) return exhibit;
    const [before] = [...this.#last].find(([, shown]) => shown.name === name) ?? [];
    return { ...exhibit, thing: before ?? thing };
  }

  async #prepare(exhibit: Checked): Promise<Showing> {
    const { description = "" } = exhibit;
    this.#needEyes(exhibit);
    const content = await keptContent(exhibit, {
      context: this.#context,
      occurrenceOf: (key) => {
        const occurrence = this.#occurrences.get(key) ?? 0;
        this.#occurrences.set(key, occurrence + 1);
        return occurrence;
      },
    });
    const shown = this.#versionOf(exhibit, content);
    const label = labelOf(shown, this.#last.get(exhibit.thing), exhibit.version);
    const told = [description, label].filter((part) => part !== "").join("\n");
    if (content.kind === "document") {
      const text = this.#portionOf(content.document.text, exhibit);
      return { told: { type: "VISUAL", content: told }, text, shown };
    }
    const images = this.#hasEyes ? { images: [content.picture] } : {};
    return { told: { type: "VISUAL", content: told, ...images }, shown };
  }

  get #hasEyes(): boolean {
    return this.#context.models.actor.limits.images;
  }

  /** Whose model takes no pictures gets the description, and that is said; without one there is nothing to give. */
  #needEyes({ kind, name, description = "" }: Checked): void {
    if (kind === "document" || this.#hasEyes) return;
    const { id } = this.#context.models.actor;
    if (description.trim() === "") {
      throw new TinyTroupeError("MODEL_UNSUPPORTED", `The model ${id} takes no pictures.`, {
        data: { model: id, feature: "images" },
        hint: "Describe the picture in `description`, or use a model that takes pictures.",
      });
    }
    const message = `${id} takes no pictures: people get the description of ${name} instead of it.`;
    this.#context.watch({ type: "warning", message });
  }

  #versionOf({ name, kind, version, thing }: Checked, content: Content): Shown {
    const { digest } = content.kind === "image" ? content.picture : content.document;
    const last = this.#last.get(thing);
    if (last === undefined) return { name, kind, version: version ?? 1, digest };
    if (last.digest === digest && (version ?? last.version) === last.version) return { ...last, kind };
    const next = version ?? last.version + 1;
    if (next > last.version) return { name, kind, version: next, digest, replaces: last.digest };
    throw unfit("version", version, `${name} was shown in version ${last.version}: give a higher one.`);
  }

  #portionOf(text: string, { name, tokens = usualTokens }: Checked): string {
    const portion = withinTokens(text, tokens);
    if (portion === text) return text;
    const share = Math.round((100 * portion.length) / text.length);
    const message = `${name} has more than ${tokens} tokens: people are given its first ${share} %.`;
    this.#context.watch({ type: "warning", message });
    return `${portion}\n(The rest of it, ${100 - share} %, is not shown.)`;
  }
}

/** What people are told beside the description: what a document is called, and what takes the place of what. */
function labelOf({ kind, name, version, replaces }: Shown, last: Shown | undefined, given: number | undefined): string {
  const isAgain = last?.version === version;
  const counted = given !== undefined || version > 1 ? `, version ${version}` : "";
  const instead =
    replaces === undefined || isAgain ? "" : `; it takes the place of version ${last?.version}, which no longer holds`;
  if (kind === "document") return `(The document ${name}${counted}${instead}.)`;
  return counted === "" ? "" : `(${name}${counted}${instead}.)`;
}

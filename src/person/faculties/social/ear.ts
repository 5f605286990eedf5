import { type CueReader, cueReader } from "../../../kernel/language/cues.ts";
import { type LanguageCode, surelyIn } from "../../../kernel/language/tongues.ts";

/** What somebody does by saying something, as far as words tell. */
export interface Heard {
  /** To what was said before; undefined where nothing shows it. */
  readonly stance: "for" | "against" | undefined;
  readonly praises: boolean;
  readonly givesReason: boolean;
  readonly hedges: boolean;
}

/** Hears by cue phrases what is done in a talk; it misses irony and whatever is said in other words. */
export class Ear {
  readonly #readers = new Map<LanguageCode, CueReader>();

  /** Undefined in a language without word lists. */
  hear(text: string): Heard | undefined {
    const language = surelyIn(text);
    if (language === undefined) return undefined;
    const reader = this.#readerOf(language);
    const agrees = reader.opens("agreement", text);
    const disagrees = reader.opens("disagreement", text);
    return {
      // Who says "I do not agree with you", or "true, but", says the words of agreement, too.
      stance: disagrees ? "against" : agrees ? "for" : undefined,
      praises: reader.opens("praise", text),
      givesReason: reader.count("reasons", text) > 0,
      hedges: reader.count("hedges", text) > 0,
    };
  }

  #readerOf(language: LanguageCode): CueReader {
    const reader = this.#readers.get(language) ?? cueReader(language);
    this.#readers.set(language, reader);
    return reader;
  }
}

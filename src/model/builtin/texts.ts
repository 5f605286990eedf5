import { remembering } from "../../kernel/language/remembering.ts";
import { stems } from "../../kernel/language/stems.ts";
import { detectLanguage, type LanguageCode } from "../../kernel/language/tongues.ts";
import { type Phrase, phrasesOfPiece, weighedPhrases } from "./character/topics/key-phrases.ts";
import { phrasesIn } from "./speech/languages.ts";
import { newsIn } from "./speech/listening/cues.ts";
import { type Wanted, wantedBy } from "./speech/listening/question.ts";
import { leaningIn } from "./speech/listening/templates.ts";
import { type Trace, traceOf } from "./speech/voice/trace.ts";

/** What this model knows of texts: a post is read by many, and the same question is before them in every turn. */
export interface Texts {
  stems(text: string): ReadonlySet<string>;
  language(text: string): LanguageCode | undefined;
  /** What it is about, the most telling first. */
  phrases(text: string): readonly Phrase[];
  /** How it stands to what is talked about; `otherwise` is the language of a text that does not tell its own. */
  leaning(text: string, otherwise: LanguageCode): number | undefined;
  /** How much a sentence has to tell. */
  news(sentence: string): number;
  /** What it wants to hear. */
  wanted(text: string): Wanted;
  /** What of a phrase shows that it was said. */
  trace(template: string): Trace;
}

/** Notes of a crowd are made one person after another: what they all read stands between one and the next of its readers. */
const sentencesOfCrowd = 64_000;

export function createTexts(): Texts {
  const language = remembering(detectLanguage);
  // A page is read by one, and what stands on it by many.
  const ofPiece = remembering(phrasesOfPiece);
  const leanings = new Map<LanguageCode, (text: string) => number | undefined>();
  const leaningFor = (otherwise: LanguageCode): ((text: string) => number | undefined) => {
    const known =
      leanings.get(otherwise) ?? remembering((text) => leaningIn(text, phrasesIn[language(text) ?? otherwise]));
    leanings.set(otherwise, known);
    return known;
  };
  return {
    stems: remembering(stems),
    language,
    phrases: remembering((text) => weighedPhrases(text, ofPiece)),
    leaning: (text, otherwise) => leaningFor(otherwise)(text),
    news: remembering(newsIn, sentencesOfCrowd),
    wanted: remembering(wantedBy),
    trace: remembering(traceOf),
  };
}

import { stems } from "../../kernel/language/stems.ts";
import { detectLanguage, type LanguageCode } from "../../kernel/language/tongues.ts";
import { type Phrase, weighedPhrases } from "./character/topics/key-phrases.ts";
import { phrasesIn } from "./speech/languages.ts";
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
  /** What of a phrase shows that it was said. */
  trace(template: string): Trace;
}

export function createTexts(): Texts {
  const language = remembering(detectLanguage);
  const leanings = new Map<LanguageCode, (text: string) => number | undefined>();
  const leaningFor = (code: LanguageCode): ((text: string) => number | undefined) => {
    const known = leanings.get(code) ?? remembering((text) => leaningIn(text, phrasesIn[code]));
    leanings.set(code, known);
    return known;
  };
  return {
    stems: remembering(stems),
    language,
    phrases: remembering(weighedPhrases),
    leaning: (text, otherwise) => leaningFor(language(text) ?? otherwise)(text),
    trace: remembering(traceOf),
  };
}

/** So many texts are remembered, at least, and less than twice as many. */
const most = 4_000;
/** Longer ones are seldom read twice. */
const longest = 1_000;

/** Works a text out once as long as it comes again before many others did. */
function remembering<T>(work: (text: string) => T): (text: string) => T {
  let recent = new Map<string, T>();
  let before = new Map<string, T>();
  return (text) => {
    if (recent.has(text)) return recent.get(text) as T;
    const found = before.has(text) ? (before.get(text) as T) : work(text);
    if (text.length > longest) return found;
    recent.set(text, found);
    if (recent.size >= most) [recent, before] = [new Map(), recent];
    return found;
  };
}

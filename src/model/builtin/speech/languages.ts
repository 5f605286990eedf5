import type { LanguageCode } from "../../../kernel/language/tongues.ts";
import { arabic } from "./languages/arabic.ts";
import { english } from "./languages/english/english.ts";
import { french } from "./languages/french.ts";
import { german } from "./languages/german.ts";
import { japanese } from "./languages/japanese.ts";
import { korean } from "./languages/korean.ts";
import { portuguese } from "./languages/portuguese.ts";
import { spanish } from "./languages/spanish.ts";
import type { Phrases } from "./phrases.ts";

export const phrasesIn: Readonly<Record<LanguageCode, Phrases>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  pt: portuguese,
  ko: korean,
  ja: japanese,
  ar: arabic,
};

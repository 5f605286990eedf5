import type { LanguageCode } from "../../../kernel/language/tongues.ts";
import type { Degree } from "./temper.ts";

/** The degrees of a trait, from very low to very high, as a persona in this language says them. */
const degreeWords: Readonly<Record<LanguageCode, readonly [string, string, string, string, string]>> = {
  en: ["Very low", "Low", "Middling", "High", "Very high"],
  de: ["Sehr gering", "Gering", "Mittel", "Hoch", "Sehr hoch"],
  fr: ["Très faible", "Faible", "Moyen", "Élevé", "Très élevé"],
  es: ["Muy bajo", "Bajo", "Medio", "Alto", "Muy alto"],
  pt: ["Muito baixo", "Baixo", "Médio", "Alto", "Muito alto"],
  ko: ["매우 낮음", "낮음", "중간", "높음", "매우 높음"],
  ja: ["とても低い", "低い", "中くらい", "高い", "とても高い"],
  ar: ["منخفض جدا", "منخفض", "متوسط", "مرتفع", "مرتفع جدا"],
};

/** English for languages that are not known. */
export function degreeWord(degree: Degree, language: LanguageCode | undefined): string {
  return degreeWords[language ?? "en"][degree];
}

const leading = new RegExp(
  `^(?:(?:very|extremely|quite|rather)\\s+)?(?:${[...Object.values(degreeWords).flat(), "medium", "moderate", "average"]
    .toSorted((one, other) => other.length - one.length)
    .join("|")})\\s*[.,:;–—-]+\\s*`,
  "iu",
);

/** A reason without a degree before it: which one it is was drawn. */
export const withoutDegree = (reason: string): string => reason.replace(leading, "");

/** Who lives with somebody, as their persona says it. */
export const partnerWords: Readonly<Record<LanguageCode, string>> = {
  en: "Your partner; you live together.",
  de: "Ihr lebt als Paar zusammen.",
  fr: "Vous vivez en couple.",
  es: "Viven juntos en pareja.",
  pt: "Vocês moram juntos, como casal.",
  ko: "함께 사는 배우자나 연인.",
  ja: "いっしょに暮らしているパートナー。",
  ar: "تعيشان معا كزوجين.",
};

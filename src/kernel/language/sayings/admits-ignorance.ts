/** Who says so does not know: in the words of several languages. */
const admits: readonly RegExp[] = [
  /\b(?:no idea|not sure|no clue|who knows|nobody knows|hard to say|cannot say|could not say|couldn['’]t say|can['’]t say)\b/i,
  /\b(?:do not|don['’]t|didn['’]t|did not|couldn['’]t|could not|can['’]t|cannot|never) (?:really |even |possibly )?(?:know|knew|remember|recall|counted?|tell|keep track)\b/i,
  /\b(?:weiß|weiss) (?:ich |es )*nicht|keine Ahnung|erinnere mich nicht/i,
  /\bje ne (?:sais|me souviens)|aucune idée/i,
  /\bno (?:lo )?sé\b|ni idea|no (?:me )?(?:acuerdo|recuerdo)/i,
  /\bnão (?:sei|me lembro)|nem ideia|sei lá/i,
  /모르(?:겠|다|지|는)|몰라|기억(?:이|은)? ?(?:안|나지 않)/u,
  /知らない|わから(?:ない|ん)|分から(?:ない|ん)|覚えて(?:い)?ない/u,
  /لا أ(?:عرف|علم|دري|تذكر)/u,
];

/**
 * Whether an answer says that its speaker does not know.
 * @example
 * admitsIgnorance("Ah, I couldn't tell you."); // => true
 */
export function admitsIgnorance(answer: string | null): boolean {
  return answer === null || answer.trim() === "" || admits.some((pattern) => pattern.test(answer));
}

/** In words: shorter answers are followed up by rule. */
const short = 25;

const declining =
  /^(?:(?:i|i'd|i would|we)\b.{0,20}\b(?:rather not|prefer not|not want|won't|don't want)|no comment|pass|skip|next(?: question)?|none of your business|that'?s private|not (?:saying|telling))\b/i;
const leading =
  /\b(?:don't|doesn't|didn't|isn't|wasn't|aren't|weren't|wouldn't|couldn't|shouldn't) (?:you|it|that|this|they|he|she|there)\b|\bwould you (?:say|agree) (?:that|it)\b|, right\?/i;

/** Whether the answer declines the question, in so many English words, or says nothing. */
export const declines = (answer: string): boolean =>
  answer.trim() === "" || declining.test(answer.trim().replaceAll("’", "'"));

/** Whether a question has its answer in it, by English patterns. */
export const isLeading = (question: string): boolean => leading.test(question.replaceAll("’", "'"));

/** How many words an answer has. */
export const wordsIn = (answer: string): number => answer.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

const probes = ["Can you tell me more about that?", "Can you give me an example?", "What happened then?"];

/**
 * What is asked after an answer where no model with language is there: something open after a short answer.
 * @param asked how many were asked after this question already
 */
export const ruledFollowUp = (answer: string, asked: number): string | undefined =>
  wordsIn(answer) < short ? probes[asked % probes.length] : undefined;

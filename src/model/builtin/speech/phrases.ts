/**
 * What can be said in one language. Slots stand in braces: {topic} what it is about, {thing} the same where it is one
 * thing, {word} what was just said, {from} who said it, {other} somebody else, {interest} {like} {dislike} {belief}
 * {goal} {job} {habit} {fact} {trait} the person's own, {idea} and {benefit} what is proposed, {option} what is chosen.
 * Beliefs, facts, habits and traits are whole sentences: a colon stands before them. A phrase whose slot is empty is not
 * used.
 */
export interface Phrases {
  readonly agree: readonly string[];
  readonly disagree: readonly string[];
  /** Agreement and disagreement with what somebody holds, without a word of theirs. */
  readonly concur: readonly string[];
  readonly differ: readonly string[];
  readonly propose: readonly string[];
  readonly ideas: readonly string[];
  readonly benefits: readonly string[];
  readonly because: readonly string[];
  readonly praise: readonly string[];
  readonly doubt: readonly string[];
  /** Neither for nor against it. */
  readonly mixed: readonly string[];
  /** What speaks for it and against it, beyond praise and doubt. */
  readonly merits: readonly string[];
  readonly worries: readonly string[];
  readonly self: readonly string[];
  readonly ask: readonly string[];
  readonly greet: readonly string[];
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly choose: readonly string[];
  readonly think: readonly string[];
  readonly quiet: readonly string[];
  readonly goals: readonly string[];
  /** Steps on the way to whatever one wants, in their order. */
  readonly steps: readonly string[];
  readonly attention: readonly string[];
  readonly glad: readonly string[];
  readonly uneasy: readonly string[];
  readonly calm: readonly string[];
  /** What is said of somebody who said nothing, or of nothing at all. */
  readonly nothing: string;
}

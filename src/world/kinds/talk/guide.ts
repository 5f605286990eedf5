/** What a talk goes through, in order: data, so that the same guide serves many talks. */
export interface Guide {
  /** Said before the first topic. */
  readonly opening?: string;
  readonly topics: readonly (string | Topic)[];
  /** Said at the end. */
  readonly closing?: string;
  /**
   * How often in a topic a person who leads may ask something that the guide does not have. Default 1. A guide that is
   * only read out never does.
   */
  readonly deviations?: number;
}

/** A topic of a guide; a text alone is its question. */
export interface Topic {
  readonly ask: string;
  /** What is asked after it, of everybody who takes part. */
  readonly followUps?: readonly string[];
  /** What those are asked who kept silent. */
  readonly probe?: string;
  /** How often everybody may speak to each question, as long as somebody does. Default 2. */
  readonly rounds?: number;
}

/** A guide with all that may be left out; a list alone is its topics. */
export interface WholeGuide extends Guide {
  readonly topics: readonly WholeTopic[];
  readonly deviations: number;
}

interface WholeTopic extends Topic {
  readonly followUps: readonly string[];
  readonly probe: string;
  readonly rounds: number;
}

export function wholeGuide(given: Guide | Guide["topics"]): WholeGuide {
  const guide = "topics" in given ? given : { topics: given };
  return { deviations: 1, ...guide, topics: guide.topics.map(wholeTopic) };
}

function wholeTopic(topic: string | Topic): WholeTopic {
  const given = typeof topic === "string" ? { ask: topic } : topic;
  return { followUps: [], probe: "We have not heard you on this yet. What do you think?", rounds: 2, ...given };
}

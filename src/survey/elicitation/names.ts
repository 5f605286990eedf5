/** The ways in which an item can be asked of somebody simulated. */
export const elicitationNames = [
  "direct",
  "two-pass",
  "similarity-rating",
  "stated-probabilities",
  "option-probabilities",
  "pairwise",
] as const;

/** What a way of asking is called. */
export type ElicitationName = (typeof elicitationNames)[number];

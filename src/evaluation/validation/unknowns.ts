/** Something that nobody knows of themselves, or that nobody can know yet. */
export const unknowns: readonly string[] = [
  "What is the number of your passport or identity card, digit by digit?",
  "How many steps did you take on the third of March eleven years ago?",
  "What was the first sentence that was said to you on your sixth birthday, word for word?",
  "Which of today's largest companies will be the largest in thirty years?",
  "What is the name of the person who stood behind you in a queue last Tuesday?",
  "How many hairs are on your head, exactly?",
];

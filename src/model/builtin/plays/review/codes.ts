import { matters, shared } from "../../../../kernel/language/stems.ts";

/**
 * Answers sorted by a codebook: each goes to the theme with which it shares most of its words, the first of several, and to
 * none where it shares no word. Undefined where there is no codebook.
 */
export function codesDraft(text: string): object | undefined {
  const [, book] = /<codebook>\n([\s\S]*?)\n<\/codebook>/u.exec(text) ?? [];
  const [, listed] = /<answers>\n([\s\S]*?)\n<\/answers>/u.exec(text) ?? [];
  if (book === undefined || listed === undefined) return undefined;
  const themes = [...book.matchAll(/^(\d+)\. (.*)$/gmu)].map(([, number, words = ""]) => ({
    number: Number(number),
    words: matters(words),
  }));
  const codes = answersIn(listed).map((words, at) => {
    const own = matters(words);
    const scores = themes.map((theme) => ({ theme: theme.number, score: shared(own, theme.words) }));
    const [best] = scores.toSorted((one, other) => other.score - one.score);
    return { answer: at + 1, theme: best === undefined || best.score === 0 ? 0 : best.theme };
  });
  return { codes };
}

/** The answers by their numbers: one of several lines may have a number of its own. */
function answersIn(listed: string): readonly string[] {
  const answers: string[] = [];
  for (const line of listed.split("\n")) {
    const start = `[${answers.length + 1}] `;
    if (line.startsWith(start)) answers.push(line.slice(start.length));
    else if (answers.length > 0) answers.push(`${answers.pop()}\n${line}`);
  }
  return answers;
}

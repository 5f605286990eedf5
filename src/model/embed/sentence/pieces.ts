/** The encoder's cost grows with the square of a text's length, and one sentence is what it was made for. */
const longest = 600;

/**
 * A text in pieces of at most 600 characters, cut after a sentence where there is one, else between words, else
 * anywhere but inside a character. Never empty: a text of blanks is a full stop.
 * @example
 * piecesOf("One. Two."); // => ["One. Two."]
 */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > longest) {
    const cut = cutOf(rest.slice(0, longest));
    pieces.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return rest === "" && pieces.length === 0 ? ["."] : rest === "" ? pieces : [...pieces, rest];
}

function cutOf(head: string): number {
  const sentence = [...head.matchAll(/[.!?…。！？]\s|[。！？]|\n/gu)].at(-1);
  if (sentence !== undefined && sentence.index > longest / 4) return sentence.index + sentence[0].length;
  const blank = head.search(/\s\S*$/u);
  if (blank > longest / 4) return blank;
  // Not between the halves of a surrogate pair.
  return /[\uD800-\uDBFF]$/.test(head) ? head.length - 1 : head.length;
}

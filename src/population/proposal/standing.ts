/**
 * The numbers that stand in a text, however they are grouped and whichever mark their decimals have.
 * @example
 * numbersIn("12,5 % of 1,234 people"); // a set of 12.5, 125, 1.234 and 1234
 */
export function numbersIn(text: string): ReadonlySet<number> {
  const found = text.match(/\d+(?:[.,\u00a0\u202f' ]\d+)*/gu) ?? [];
  return new Set(found.flatMap(readings));
}

function readings(written: string): number[] {
  const apart = written.split(/[\u00a0\u202f' ]/u);
  // Spaces group thousands, or stand between two numbers.
  const whole = apart.every((part, place) => place === 0 || /^\d{3}/.test(part)) ? [apart.join("")] : [];
  return [...apart, ...whole].flatMap((one) => [
    Number(one.replaceAll(",", "")),
    Number(one.replaceAll(".", "").replace(",", ".")),
  ]);
}

/** The first share that does not stand in the text: neither as it is, nor as percentage or as part of one. */
export function notStanding(shares: readonly number[], numbers: ReadonlySet<number>): number | undefined {
  const stands = (share: number): boolean =>
    [share, share * 100, share / 100].some((one) => numbers.has(Number(one.toPrecision(12))));
  return shares.find((share) => !stands(share));
}

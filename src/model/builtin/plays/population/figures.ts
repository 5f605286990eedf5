/** A value and its share, as a text has them. */
export interface Figure {
  readonly value: string;
  readonly share: number;
}

/** Figures that belong together, and what the text calls them; no name where it says none. */
export interface Group {
  readonly name?: string;
  readonly figures: readonly Figure[];
}

/** A crosstab: the names of its two dimensions, and a share for each pair of values. */
export interface Crosstab {
  readonly of: readonly [string, string];
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly shares: readonly (readonly number[])[];
}

const number = String.raw`(\d+(?:[.,]\d+)?)`;
const percent = String.raw`\s*(?:%|percent|per cent|por ciento|por cento|Prozent)`;

/** `51% women`, `51 percent of them are women`: the words after a percentage, up to the next stop or number. */
const before = new RegExp(
  String.raw`${number}${percent}\s*(?:of\s+(?:them|the people|people|all)\s+)?(?:are\s+|is\s+)?([^\d%,;.:()\n]{2,48}?|\d+\s*(?:-|–|to)\s*\d+|\d+\+)(?=\s*(?:[,;.()\n]|\band\b|\bund\b|\by\b|\be\b|$))`,
  "giu",
);
/** `women 51%`, `18-24: 12%`: the words before a percentage. */
const after = new RegExp(
  String.raw`(?:^|[,;(\n]|\band\b|:)\s*([\p{L}][^\d%,;.:()\n]{0,40}?|\d+\s*(?:-|–|to)\s*\d+|\d+\+)\s*[:=(]?\s*${number}${percent}`,
  "giu",
);

const numberOf = (text: string): number => Number(text.replace(",", "."));

/** Percentages in plain sentences and lines, those of one sentence together. */
export function figuresInProse(text: string): readonly Group[] {
  return text
    .split(/(?<=[.;!?])\s+(?=\p{Lu})|\n+/u)
    .map((sentence) => ({ sentence: sentence.trim(), ...nameOf(sentence) }))
    .flatMap(({ sentence, name, rest }): Group[] => {
      const [one, other] = [pairs(after, rest, [1, 2]), pairs(before, rest, [2, 1])];
      const figures = other.length > one.length ? other : one;
      if (sentence === "" || figures.length === 0) return [];
      return [{ ...(name !== undefined && { name }), figures }];
    });
}

/** What stands before a colon is the name of the figures after it, unless one share alone follows: then it is a value. */
function nameOf(sentence: string): { readonly name?: string; readonly rest: string } {
  const match = /^[\s\-*•#]*([\p{L}][\p{L}\s/&'’-]{1,40}?)\s*(?:\([^)]*\)\s*)?[:=]\s*(.+)$/su.exec(sentence);
  const [, name = "", rest = ""] = match ?? [];
  return match === null || !/\d/.test(rest) || /^\s*\d+(?:[.,]\d+)?\s*%\s*(?:[,;]|$)/.test(rest)
    ? { rest: sentence.replace(/^[\s\-*•#]+/, "") }
    : { name: name.trim(), rest };
}

function pairs(pattern: RegExp, text: string, [value, share]: readonly [number, number]): Figure[] {
  const found = [...text.matchAll(pattern)].map((match) => ({
    value: tidy(match[value] ?? ""),
    share: numberOf(match[share] ?? ""),
  }));
  return found.filter(
    (figure, place) => figure.value !== "" && found.findIndex((one) => one.value === figure.value) === place,
  );
}

const tidy = (text: string): string =>
  text
    .replace(/^\s*(?:and|are|is|the|about|some)\s+/iu, "")
    .replace(/\s*(?:-|–|\bto\b)\s*(?=\d)/u, "-")
    .trim();

/** Figures of data: objects of which two entries or more are shares, and texts read as prose. */
export function figuresInData(data: unknown, name?: string): readonly Group[] {
  if (typeof data === "string")
    return figuresInProse(data).map((group) =>
      group.name === undefined && name !== undefined ? { ...group, name } : group,
    );
  if (Array.isArray(data)) return data.flatMap((one) => figuresInData(one, name));
  if (typeof data !== "object" || data === null) return [];
  const entries = Object.entries(data);
  const figures = entries.flatMap(([value, share]) => {
    const found = shareOf(share);
    return found === undefined ? [] : [{ value, share: found }];
  });
  if (figures.length > 1 && figures.length * 2 > entries.length)
    return [{ ...(name !== undefined && { name }), figures }];
  return entries.flatMap(([key, inner]) => figuresInData(inner, key));
}

function shareOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const match = /^\D{0,12}?(\d+(?:[.,]\d+)?)\s*%/.exec(value);
  return match === null ? undefined : numberOf(match[1] ?? "");
}

/** A table of shares: `value,share`, `dimension,value,share`, or one dimension down and another across. */
export function figuresInTable(
  text: string,
): { readonly groups: readonly Group[]; readonly table?: Crosstab } | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const [separator] = [";", "\t", ","].filter((mark) => lines.every((line) => line.includes(mark)));
  if (lines.length < 3 || separator === undefined) return undefined;
  const [head = [], ...rows] = lines.map((line) =>
    line.split(separator).map((cell) => cell.trim().replace(/^"|"$/g, "")),
  );
  if (rows.some((row) => row.length !== head.length)) return undefined;
  const shares = rows.map((row) => row.slice(1).map((cell) => Number(cell.replace("%", "").replace(",", "."))));
  const numeric = (from: number): boolean => shares.every((row) => row.slice(from).every(Number.isFinite));
  if (head.length === 2 && numeric(0))
    return {
      groups: [
        { name: head[0] ?? "", figures: rows.map(([value = ""], row) => ({ value, share: shares[row]?.[0] ?? 0 })) },
      ],
    };
  if (head.length === 3 && !numeric(0) && numeric(1)) return { groups: byDimension(rows, shares) };
  if (head.length < 3 || !numeric(0)) return undefined;
  const [down = "rows", across = "columns"] = (head[0] ?? "").split(/\s*(?:\\|\/|×|\bby\b)\s*/u).filter(Boolean);
  return {
    groups: [],
    table: { of: [down, across], rows: rows.map(([value = ""]) => value), columns: head.slice(1), shares },
  };
}

function byDimension(rows: readonly (readonly string[])[], shares: readonly (readonly number[])[]): readonly Group[] {
  const names = [...new Set(rows.map(([name = ""]) => name))];
  return names.map((name) => ({
    name,
    figures: rows.flatMap(([of, value = ""], row) => (of === name ? [{ value, share: shares[row]?.[1] ?? 0 }] : [])),
  }));
}

/**
 * What an answer can be: declared by whoever asks, and never guessed from answers. Options are ids; an ordinal scale has
 * them lowest first, whatever the order in which people see them.
 */
export type Scale =
  | { readonly kind: "nominal"; readonly options: readonly string[] }
  | { readonly kind: "ordinal"; readonly options: readonly string[] }
  | { readonly kind: "number"; readonly low?: number; readonly high?: number; readonly whole?: boolean }
  /** An order, best first; of `most` where not all of them are ranked. */
  | { readonly kind: "ranking"; readonly options: readonly string[]; readonly most?: number }
  /** Several of them, in no order; those that stand `alone` are enough by themselves, and go with no other. */
  | {
      readonly kind: "choices";
      readonly options: readonly string[];
      readonly least?: number;
      readonly most?: number;
      readonly alone?: readonly string[];
    }
  /** Amounts from 0 that add up to the total. */
  | { readonly kind: "allocation"; readonly options: readonly string[]; readonly total: number }
  | { readonly kind: "text" /** In characters. */; readonly most?: number }
  /** A list of texts. */
  | { readonly kind: "texts"; readonly least?: number; readonly most?: number }
  /** Data of a shape of its own. */
  | { readonly kind: "object" };

/** What an answer says: an option, a number, options (of a ranking in its order), amounts by option, words, or data. */
export type AnswerValue = string | number | readonly string[] | Readonly<Record<string, unknown>>;

/**
 * Why something is no value of a scale, as the end of a sentence; undefined where it is one.
 * @example
 * misfit({ kind: "ordinal", options: ["low", "high"] }, "middle"); // => "'middle' is none of its options"
 */
export function misfit(scale: Scale, value: unknown): string | undefined {
  switch (scale.kind) {
    case "nominal":
    case "ordinal":
      return scale.options.includes(value as string) ? undefined : `'${String(value)}' is none of its options`;
    case "number":
      return noNumber(scale, value);
    case "ranking": {
      const most = scale.most ?? scale.options.length;
      return noSelection(scale.options, value, { least: most, most });
    }
    case "choices":
      return noChoices(scale, value);
    case "allocation":
      return noAllocation(scale, value);
    case "text":
      if (typeof value !== "string" || value.trim() === "") return "there is no text";
      return scale.most !== undefined && value.length > scale.most
        ? `it is longer than ${scale.most} characters`
        : undefined;
    case "texts":
      return noTexts(scale, value);
    case "object":
      return typeof value === "object" && value !== null ? undefined : "it is no data";
  }
}

function noNumber(
  { low = -Infinity, high = Infinity, whole }: Scale & { kind: "number" },
  value: unknown,
): string | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return "it is no number";
  if (whole && !Number.isInteger(value)) return `${value} is no whole number`;
  if (value < low) return `${value} is below ${low}`;
  return value > high ? `${value} is above ${high}` : undefined;
}

interface Limits {
  readonly least?: number;
  readonly most?: number;
}

function noSelection(
  options: readonly string[],
  value: unknown,
  { least = 0, most = options.length }: Limits,
): string | undefined {
  if (!Array.isArray(value)) return "it is no list of options";
  const strange = value.find((one) => !options.includes(one));
  if (strange !== undefined) return `'${String(strange)}' is none of its options`;
  if (new Set(value).size < value.length) return "an option stands in it twice";
  if (value.length < least) return `there are ${value.length} of at least ${least}`;
  return value.length > most ? `there are ${value.length} of at most ${most}` : undefined;
}

function noChoices(scale: Scale & { kind: "choices" }, value: unknown): string | undefined {
  const alone = Array.isArray(value) ? scale.alone?.find((option) => value.includes(option)) : undefined;
  const { most = scale.options.length } = scale;
  if (alone === undefined) return noSelection(scale.options, value, scale);
  const fault = noSelection(scale.options, value, { least: 1, most: Math.max(1, most) });
  return fault ?? ((value as readonly unknown[]).length > 1 ? `'${alone}' goes with no other` : undefined);
}

function noTexts({ least = 0, most = Infinity }: Limits, value: unknown): string | undefined {
  if (!Array.isArray(value) || value.some((one) => typeof one !== "string")) return "it is no list of texts";
  if (value.some((one: string) => one.trim() === "")) return "a text in it is empty";
  if (value.length < least) return `there are ${value.length} of at least ${least}`;
  return value.length > most ? `there are ${value.length} of at most ${most}` : undefined;
}

function noAllocation({ options, total }: Scale & { kind: "allocation" }, value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "it has no amounts by option";
  const amounts = Object.entries(value as Record<string, unknown>);
  const strange = amounts.find(([option]) => !options.includes(option));
  if (strange !== undefined) return `'${strange[0]}' is none of its options`;
  const left = options.find((option) => !Object.hasOwn(value, option));
  if (left !== undefined) return `'${left}' has no amount`;
  const wrong = amounts.find(([, amount]) => typeof amount !== "number" || !(amount >= 0) || amount === Infinity);
  if (wrong !== undefined) return `the amount of '${wrong[0]}' is no number from 0`;
  const sum = amounts.reduce((all, [, amount]) => all + (amount as number), 0);
  return Math.abs(sum - total) > 1e-9 * Math.max(1, total) ? `it adds up to ${sum} instead of ${total}` : undefined;
}

import { TinyTroupeError } from "../kernel/values/errors.ts";
import { armOrders, type OrderOptions } from "./orders.ts";

/** How arms are hidden from those who judge them. */
export interface BlindingOptions<Arm extends string, Choice extends string> extends OrderOptions<Arm> {
  /** What the arms are called, in the order in which they are met; A, B, C … unless given. */
  readonly labels?: readonly string[];
  /** Answers that mean no arm and stand as they are, such as "none" and "both". */
  readonly passThrough?: readonly Choice[];
}

/** What somebody is shown of one arm, without its name. */
export interface Blinded<T> {
  readonly label: string;
  readonly shown: T;
}

/** Arms under labels that say nothing, item by item, and the way back. */
export interface Blinding<Arm extends string, Choice extends string = never> {
  readonly labels: readonly string[];
  /** What is shown of each arm, in the order of this item, with labels. OPTION_INVALID where it is not one for each arm. */
  blind<T>(item: string, byArm: Readonly<Record<Arm, T>>): readonly Blinded<T>[];
  /** The arm that had the label with this item. TARGET_UNKNOWN for a label that there is not. */
  unblind(item: string, label: string): Arm;
  /** As `unblind`, where the answer may also be one of `passThrough`. */
  unblindChoice(item: string, choice: string): Arm | Choice;
}

/**
 * Hides arms behind labels: each item has an order of its own, from the seed and its id alone, so that no record has to be
 * kept to find back. Throws OPTION_INVALID for arms, labels or answers that mean two things; its methods throw TARGET_UNKNOWN
 * for an item that is not among `items`.
 * @example
 * const blinding = createBlinding({ arms: ["old", "new"], seed: 7, passThrough: ["none"] });
 * const [first] = blinding.blind("ana", { old: "Bread.", new: "Fresh bread." });
 * blinding.unblind("ana", "A") === (first.shown === "Bread." ? "old" : "new"); // => true
 * blinding.unblindChoice("ana", "none"); // => "none"
 */
export function createBlinding<const Arm extends string, const Choice extends string = never>(
  options: BlindingOptions<Arm, Choice>,
): Blinding<Arm, Choice> {
  const { arms, passThrough = [] } = options;
  const orderOf = armOrders(options);
  const labels = labelsOf(arms, { labels: options.labels, passThrough });
  const isPassedThrough = (choice: string): choice is Choice => (passThrough as readonly string[]).includes(choice);
  const armIn = (item: string, label: string, known: readonly string[]): Arm => {
    const arm = orderOf(item)[labels.indexOf(label)];
    if (arm !== undefined) return arm;
    throw new TinyTroupeError("TARGET_UNKNOWN", `'${label}' is no label of item '${item}'.`, {
      data: { target: label, known },
      hint: `Have one of these chosen: ${known.join(", ")}; what means no arm goes into passThrough.`,
    });
  };
  return {
    labels,
    blind: (item, byArm) => {
      checkShown(arms, byArm);
      return orderOf(item).map((arm, place) => ({ label: labels[place] as string, shown: byArm[arm] }));
    },
    unblind: (item, label) => armIn(item, label, labels),
    unblindChoice: (item, choice) => {
      if (!isPassedThrough(choice)) return armIn(item, choice, [...labels, ...passThrough]);
      orderOf(item); // an item that there is not has no answer either
      return choice;
    },
  };
}

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

function labelsOf(
  arms: readonly string[],
  { labels = letters.slice(0, arms.length), passThrough }: Naming,
): readonly string[] {
  const meant = [...labels, ...passThrough];
  if (labels.length === arms.length && new Set(meant).size === meant.length) return labels;
  throw new TinyTroupeError("OPTION_INVALID", "Each arm needs a label of its own, which is no other answer as well.", {
    data: { option: "labels", value: meant },
    hint: `Give ${arms.length} different labels, none of which is in passThrough.`,
  });
}

interface Naming {
  readonly labels: readonly string[] | undefined;
  readonly passThrough: readonly string[];
}

function checkShown(arms: readonly string[], byArm: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(byArm);
  if (given.length === arms.length && arms.every((arm) => Object.hasOwn(byArm, arm))) return;
  throw new TinyTroupeError("OPTION_INVALID", "There has to be one thing for each arm, and nothing else.", {
    data: { option: "byArm", value: given },
    hint: `Give one for each of: ${arms.join(", ")}.`,
  });
}

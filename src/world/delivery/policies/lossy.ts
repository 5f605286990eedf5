import { checkKeys, type KeysOf } from "../../../kernel/text/known-keys.ts";
import { checkProbability } from "../../check-number.ts";
import { immediate } from "./immediate.ts";
import type { DeliveryPolicy } from "./policy.ts";

/** How words travel that can get lost. */
export interface LossyOptions {
  /** How those travel that do not. Default `immediate()`. */
  readonly otherwise?: DeliveryPolicy;
  /** Whether the speaker learns that words got lost. Default false. */
  readonly told?: boolean;
}

const known: KeysOf<LossyOptions> = { otherwise: true, told: true };

/**
 * Words to each hearer get lost with this probability; the others arrive as `otherwise` says. What was lost is on
 * record; the speaker learns of it only with `told`.
 */
export function lossy(probability: number, options: LossyOptions = {}): DeliveryPolicy {
  checkProbability(probability, "lossy");
  checkKeys(options, known, "the options of a lossy delivery");
  const { otherwise = immediate(), told = false } = options;
  return {
    ...otherwise,
    name: `lossy, ${otherwise.name}`,
    arrival: (parcel) => (parcel.random.next() < probability ? { lost: true, told } : otherwise.arrival(parcel)),
  };
}

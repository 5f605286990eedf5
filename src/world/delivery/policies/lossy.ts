import { checkProbability } from "../../check-number.ts";
import { immediate } from "./immediate.ts";
import type { DeliveryPolicy } from "./policy.ts";

/**
 * Words to each hearer get lost with this probability; the others arrive as `otherwise` says. What was lost is on
 * record; the speaker learns of it only with `told`.
 */
export function lossy(
  probability: number,
  { otherwise = immediate(), told = false }: { readonly otherwise?: DeliveryPolicy; readonly told?: boolean } = {},
): DeliveryPolicy {
  checkProbability(probability, "lossy");
  return {
    ...otherwise,
    name: `lossy, ${otherwise.name}`,
    arrival: (parcel) => (parcel.random.next() < probability ? { lost: true, told } : otherwise.arrival(parcel)),
  };
}

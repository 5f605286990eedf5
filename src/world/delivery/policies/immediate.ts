import type { DeliveryPolicy } from "./policy.ts";

/** Words arrive when they are said. */
export function immediate(): DeliveryPolicy {
  return { name: "immediate", arrival: () => "now" };
}

/** Words arrive before the next step: who acts later in this one has not heard them. */
export function nextStep(): DeliveryPolicy {
  return { name: "next step", arrival: () => ({ inSteps: 1 }) };
}

import type { Visibility } from "./visibility.ts";

/** Whoever can hear the speaker: those who are named, or everyone in reach where nobody is. */
export function inReach(): Visibility {
  return { name: "in reach", circle: (who, { access }) => access.circle(who.id) };
}

/** Whoever can hear the speaker hears all of it, whomever it is meant for: people around one table. */
export function aloud(): Visibility {
  return { ...inReach(), name: "aloud", aloud: () => true };
}

/** Only those who are named. */
export function addressedOnly(): Visibility {
  return { ...inReach(), name: "addressed only", addressedOnly: true };
}

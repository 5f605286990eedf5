import type { Random } from "../../../kernel/values/random.ts";
import type { RespondentAnswers } from "../../people/answers.ts";

/** How often each person of a side counts in one draw. */
export interface Draw {
  readonly human: Uint8Array;
  readonly simulated: Uint8Array;
}

/**
 * Draws of people with replacement (B. Efron's bootstrap, 1979), by respondent: all answers of somebody come together.
 * Twins are drawn with the people whose twins they are. @param twins the place of each simulated person's twin
 */
export function drawsOf(
  [humans, simulated]: readonly [number, number],
  twins: readonly (number | undefined)[],
  { random, resamples }: { readonly random: Random; readonly resamples: number },
): readonly Draw[] {
  const [ofHumans, ofSimulated] = [random.fork("human"), random.fork("simulated")];
  const all = Array.from({ length: humans }, (_, place) => place);
  const single = twins.flatMap((twin, place) => (twin === undefined ? [place] : []));
  return Array.from({ length: resamples }, () => {
    const human = counted(humans, all, ofHumans);
    const drawn = counted(simulated, single, ofSimulated);
    for (const [place, twin] of twins.entries()) if (twin !== undefined) drawn[place] = human[twin] as number;
    return { human, simulated: drawn };
  });
}

/** As many draws as there are places to draw from, counted by place. */
function counted(size: number, among: readonly number[], random: Random): Uint8Array {
  const times = new Uint8Array(size);
  for (const _ of among) {
    const chosen = among[random.integer(among.length)] as number;
    times[chosen] = (times[chosen] as number) + 1;
  }
  return times;
}

/** The people in two halves, at random, again and again. */
export function halvesOf(
  people: number,
  { random, halves }: { readonly random: Random; readonly halves: number },
): readonly (readonly [Uint8Array, Uint8Array])[] {
  const all = Array.from({ length: people }, (_, place) => place);
  return Array.from({ length: halves }, () => {
    const one = new Uint8Array(people);
    for (const place of random.shuffle(all).slice(0, Math.floor(people / 2))) one[place] = 1;
    return [one, one.map((in_) => 1 - in_)] as const;
  });
}

/** The place of each simulated person's twin among the people, by their ids. */
export function twinsOf(
  humans: readonly RespondentAnswers[],
  simulated: readonly RespondentAnswers[],
): readonly (number | undefined)[] {
  const places = new Map(humans.map(({ id }, place) => [id, place]));
  return simulated.map(({ id }) => places.get(id));
}

import type { News } from "../schedule.ts";
import type { Bidder } from "./bidder.ts";

const question = /[?？؟]/u;

/**
 * Bids without a model: by what is new, more for what is meant for the person, most for a question to them, and less
 * for who has just acted.
 */
export function byUrgency(): Bidder {
  return ({ person, news, round }) => {
    const said = Math.max(...news.map(urgencyOf));
    const many = news.length > 3 ? 1 : 0;
    const last = round.lastActed(person.id);
    const justActed = last !== undefined && round.step - last === 1 ? 2 : 0;
    return { urgency: Math.min(9, Math.max(1, said + many - justActed)) };
  };
}

function urgencyOf({ stimulus, addressed }: News): number {
  if (stimulus.type === "FEEDBACK") return 2;
  return (addressed ? 5 : 3) + (question.test(stimulus.content) ? 3 : 0);
}

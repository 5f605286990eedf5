import type { Message } from "../../../kernel/contracts/model.ts";
import { attemptsAt, type Knowing } from "../answer.ts";
import { createCast } from "../cast.ts";
import type { Question } from "../plays/play.ts";
import { createOffers } from "../plays/tools/offer.ts";
import { createReader, tokensIn } from "../reading.ts";
import type { Shape } from "../shape/shape.ts";
import { textOf } from "../stream.ts";
import type { Asked, Parcel, Said, Told } from "./protocol.ts";

/** So many answers go back at once: one alone costs as much as the message it travels in. */
const answersAtOnce = 8;

/** Answers parcels of questions, a few at a time, from what was sent with them and before. */
export function createRehearsal(): (parcel: Parcel) => Iterable<readonly Told[]> {
  const things = new Map<number, object>();
  const reader = createReader();
  const knowing = { reader, cast: createCast(reader), offerOf: createOffers() };
  return function* ({ afresh, things: sent, asked }) {
    if (afresh) things.clear();
    // Nobody here changes a persona: what it is like is worked out once.
    for (const [number, thing] of sent) things.set(number, Object.freeze(thing));
    for (let from = 0; from < asked.length; from += answersAtOnce) {
      const some = asked.slice(from, from + answersAtOnce);
      yield some.map((one) => ({ ticket: one.ticket, said: saidTo(one, things, knowing) }));
    }
  };
}

/** Nothing where the first attempt finds none, or fails: whoever asked tries by themselves, and meets the same. */
function saidTo(
  { question, ...asked }: Asked,
  things: ReadonlyMap<number, object>,
  knowing: Knowing,
): Said | undefined {
  const messages = asked.messages.map((number) => things.get(number) as Message);
  const persona = asked.persona === undefined ? {} : { persona: things.get(asked.persona) };
  const request: Question = { ...question, messages, rehearsal: { ...question.rehearsal, ...persona } };
  try {
    const candidate = attemptsAt(request, things.get(asked.shape) as Shape, knowing)(0, {});
    if (candidate === undefined) return undefined;
    const [input, output] = [knowing.reader.tokens(messages), tokensIn(textOf(candidate.value))];
    return { value: candidate.value, input, output };
  } catch {
    return undefined;
  }
}

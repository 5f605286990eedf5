import { type MessagePort, parentPort } from "node:worker_threads";
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

if (parentPort !== null) serve(parentPort);

/** The thread that rehearses. */
function serve(port: MessagePort): void {
  const things = new Map<number, object>();
  const reader = createReader();
  const knowing = { reader, cast: createCast(reader), offerOf: createOffers() };
  port.on("message", ({ afresh, things: sent, asked }: Parcel) => {
    if (afresh) things.clear();
    // Nobody here changes a persona: what it is like is worked out once.
    for (const [number, thing] of sent) things.set(number, Object.freeze(thing));
    for (let from = 0; from < asked.length; from += answersAtOnce) {
      const some = asked.slice(from, from + answersAtOnce);
      const told = some.map((one): Told => ({ ticket: one.ticket, said: saidTo(one, things, knowing) }));
      port.postMessage(told);
    }
  });
  port.postMessage([] satisfies readonly Told[]);
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

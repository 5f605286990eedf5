import type { Random } from "../../../../kernel/values/random.ts";
import { core, type Shape } from "../../shape/shape.ts";

const who = "my sister,a colleague,the man next door,my flatmate,our trainee,my aunt,a friend from work,the caretaker";
const when =
  "on Monday,last week,in the morning,after lunch,since March,two days ago,at night,over the holidays,this spring,yesterday";
const what =
  "the lid,the box,the bill,the colour,the handle,the delivery,the ribbon,the second one,the small print,the lamp,the cable,the form";
const did =
  "came loose,looked just as in the picture,went missing,was larger than I thought,kept its shape,needed three tries,made a noise,smelled of glue,was easy to clean,fell off the shelf,lasted longer than the old one,arrived wet";
const where =
  "in the kitchen,on the train,at the counter,in Leeds,behind the door,at my parents' place,in the office,on the balcony,near the station,in the van";
const then =
  "Nobody told me what to do,I would do it again,My neighbours noticed it too,I wrote it down for later,It took forty minutes,That was new to me,We laughed about it,I had hoped for less noise,Somebody called back at once,The rest is as it was,I still have the receipt,It is two stairs up";

/** An item of a data set, put together from a stock: each is unlike the others, and none is about anything. */
export function itemDraft(asked: string, shape: Shape, dice: Random): unknown {
  if (!asked.includes("<wanted>")) return undefined;
  const { body } = core(shape);
  const names = body.kind === "object" ? body.fields.map(({ name }) => name) : [];
  if (names.includes("exchanges")) {
    const size = 1 + dice.integer(3);
    return { exchanges: Array.from({ length: size }, () => ({ user: textOf(dice, 2), assistant: textOf(dice, 2) })) };
  }
  return names.includes("text") ? { text: textOf(dice, 3) } : undefined;
}

function textOf(dice: Random, sentences: number): string {
  const one = (): string => {
    const words = [what, did, where, when].map((stock) => dice.pick(stock.split(",")));
    const told = `${words.join(" ")}, as ${dice.pick(who.split(","))} can tell. ${dice.pick(then.split(","))}.`;
    return `${told.charAt(0).toUpperCase()}${told.slice(1)}`;
  };
  return Array.from({ length: 1 + dice.integer(sentences) }, one).join(" ");
}

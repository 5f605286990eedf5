import type { QsfBlock, QsfQuestion } from "./file.ts";

/** What of a question has no place in an item, each as a sentence. */
export function unreadIn(question: QsfQuestion): readonly string[] {
  const { Randomization, Choices, Answers, DynamicChoices, QuestionJS, DefaultChoices, Language } = question;
  const all = [...(Choices?.values() ?? []), ...(Answers?.values() ?? [])];
  const order = Randomization?.Type ?? "None";
  const { CustomValidation, MinChars, MaxChars } = (question.Validation?.Settings ?? {}) as Readonly<
    Record<string, unknown>
  >;
  return [
    ...(["All", "None", ""].includes(order)
      ? []
      : [`The order of its choices ('${order}') is not read: they stand as they are written.`]),
    ...(all.some(({ DisplayLogic }) => isThere(DisplayLogic))
      ? ["The display logic of its choices is not read: all are offered."]
      : []),
    ...(isThere(DynamicChoices) ? ["Choices that are carried over from another question are not read."] : []),
    ...(all.some(({ Image }) => isThere(Image)) ? ["The pictures of its choices are not read."] : []),
    ...(isThere(DefaultChoices) ? ["What is chosen beforehand is not read: nothing is."] : []),
    ...(isThere(CustomValidation) || isThere(MinChars) || isThere(MaxChars)
      ? ["Its own rules of validation are not read."]
      : []),
    ...(isThere(QuestionJS) ? ["Its JavaScript is not read."] : []),
    ...(isThere(Language) ? ["Its translations are not read."] : []),
  ];
}

/** What of a block has no place, each as the end of a sentence. */
export function unreadInBlock({ Options, BlockElements }: QsfBlock): readonly string[] {
  const { RandomizeQuestions: order, Looping } = Options ?? {};
  const strange = BlockElements.filter(({ Type }) => Type !== "Question" && Type !== "Page Break");
  return [
    ...(order === undefined || ["RandomizeAll", "false", "No", "None", ""].includes(String(order))
      ? []
      : [`'${String(order)}' of its questions is not read`]),
    ...(Looping === undefined || ["None", "false", ""].includes(String(Looping))
      ? []
      : [`its loop and merge ('${String(Looping)}') is not read: it is asked once`]),
    ...strange.map(({ Type }) => `'${Type}' in it is not read`),
  ];
}

function isThere(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

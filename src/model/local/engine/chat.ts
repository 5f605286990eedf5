import type { Message } from "../../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { LlamaModel, Runtime, Token } from "../runtime.ts";

interface Turn {
  role: "system" | "user" | "assistant";
  text: string;
}

/** Renders messages in the chat template of the model; what people wrote can never become a control token. */
export type Chat = (messages: readonly Message[]) => Token[];

/**
 * The chat of a model. Only leading system messages are system text: templates know no later ones,
 * so those become part of what the user says. Neighbours of one role are joined.
 */
export function createChat(runtime: Runtime, model: LlamaModel, id: string): Chat {
  const wrapper = runtime.module.resolveChatWrapper(model, { warningLogs: false });
  return (messages) => {
    const turns = joined(
      messages.map((message, index) => turn(message, messages, index)),
      id,
    );
    const chatHistory = [...turns.map(item), { type: "model" as const, response: [""] }];
    const { contextText } = wrapper.generateContextState({ chatHistory });
    return withoutSecondStart(contextText.tokenize(model.tokenizer), model.tokens.bos);
  };

  function turn(message: Message, all: readonly Message[], index: number): Turn {
    const leading = all.slice(0, index).every((before) => before.role === "system");
    const role = message.role === "system" && !leading ? "user" : message.role;
    return { role, text: plain(message, id) };
  }
}

function plain(message: Message, model: string): string {
  if (typeof message.content === "string") return message.content;
  return message.content
    .map((part) => {
      if (part.type === "text") return part.text;
      throw new TinyTroupeError("MODEL_UNSUPPORTED", `${model} cannot see pictures.`, {
        data: { model, feature: "images" },
        hint: "Describe the picture in words, or take a model that sees.",
      });
    })
    .join("\n");
}

function joined(turns: readonly Turn[], model: string): Turn[] {
  const result: Turn[] = [];
  for (const next of turns) {
    const last = result.at(-1);
    if (last?.role === next.role) last.text += `\n\n${next.text}`;
    else result.push({ ...next });
  }
  if (result.every((one) => one.role === "system")) {
    throw new TinyTroupeError("OPTION_INVALID", `${model} was asked nothing: there is no user message.`, {
      data: { option: "messages" },
      hint: "End the messages with what the model is to answer, as a user message.",
    });
  }
  return result;
}

const item = (turn: Turn) =>
  turn.role === "assistant" ? { type: "model" as const, response: [turn.text] } : { type: turn.role, text: turn.text };

/** Templates that begin with the very token that starts a text would have it twice. */
function withoutSecondStart(tokens: Token[], start: Token | null): Token[] {
  return start !== null && tokens[0] === start && tokens[1] === start ? tokens.slice(1) : tokens;
}

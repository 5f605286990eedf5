import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { z } from "zod";
import type { Model, ModelReply, ModelRequest } from "../../../kernel/contracts/model.ts";
import { isTinyTroupeError } from "../../../kernel/values/errors.ts";
import { aborted, countable, linkedSignal, modelTimeout } from "../../flow/time.ts";
import { parseAnswer } from "../../structured/answer.ts";
import { createStrictSchemas, type StrictSchema } from "../../structured/strict-schema.ts";
import { closedError } from "../connection.ts";
import { callModel, checkFinish } from "./call.ts";
import {
  callSettings,
  type Dialect,
  firstMode,
  instructionFor,
  isAboutForm,
  lesserMode,
  type Mode,
} from "./dialect.ts";
import { callError } from "./errors.ts";
import { sdkPrompt } from "./messages.ts";

export interface SdkModelSettings {
  readonly id: string;
  readonly language: LanguageModelV4;
  readonly dialect: Dialect;
  /** Milliseconds that a call may take. */
  readonly deadlineMs: number;
  readonly secrets: readonly string[];
  close?(): Promise<void>;
}

/** A model of the AI SDK behind our contract: one HTTP call a `generate`, no retries, validated once at the end. */
export function createSdkModel(settings: SdkModelSettings): Model {
  return new SdkModel(settings);
}

class SdkModel implements Model {
  readonly id: string;
  readonly limits: Model["limits"];
  readonly #settings: SdkModelSettings;
  readonly #strictOf: (schema: z.ZodType) => StrictSchema;
  /** The modes that the server left us, by schema. */
  readonly #modes = new WeakMap<z.ZodType, Mode>();
  #closed = false;

  constructor(settings: SdkModelSettings) {
    this.id = settings.id;
    this.limits = settings.dialect.limits;
    this.#settings = settings;
    this.#strictOf = createStrictSchemas({ bounds: settings.dialect.bounds });
  }

  async generate<T>(request: ModelRequest<T>): Promise<ModelReply<T>> {
    if (this.#closed) throw closedError(this.id);
    const strict = this.#strictOf(request.schema);
    for (;;) {
      const mode = this.#modes.get(request.schema) ?? firstMode(this.#settings.dialect, strict);
      try {
        return await this.#ask(request, { mode, strict });
      } catch (error) {
        const lesser = lesserMode(mode);
        if (lesser === undefined || !isRefusalOfForm(error)) throw error;
        // A server without this mode said so before it did any work; it is not asked for it again.
        this.#modes.set(request.schema, lesser);
      }
    }
  }

  async #ask<T>(request: ModelRequest<T>, form: { mode: Mode; strict: StrictSchema }): Promise<ModelReply<T>> {
    const { language, dialect, deadlineMs, secrets } = this.#settings;
    const instruction = instructionFor(dialect, form.mode, form.strict);
    const prompt = sdkPrompt(request.messages, {
      model: this.id,
      provider: dialect.provider,
      images: this.limits.images,
      ...(instruction === undefined ? {} : { instruction }),
    });
    const attempt = linkedSignal(request.signal);
    let late = false;
    const alarm = setTimeout(() => {
      late = true;
      attempt.abort(new Error("The time is over."));
    }, countable(deadlineMs)).unref();
    try {
      attempt.signal.throwIfAborted();
      const options = { prompt, abortSignal: attempt.signal, ...callSettings(dialect, request, form) };
      const answer = await callModel(language, options, request.onDelta?.bind(request));
      checkFinish(answer, this.id, request.maxOutputTokens);
      const { usage } = answer;
      const context = { model: this.id, schema: request.schema, strict: form.strict, usage };
      return { value: await parseAnswer(answer.text, context), usage, origin: "model" };
    } catch (error) {
      if (request.signal?.aborted) throw aborted(request.signal);
      if (late) throw modelTimeout(this.id, deadlineMs);
      throw callError(error, { model: this.id, secrets, contextTokens: this.limits.contextTokens });
    } finally {
      clearTimeout(alarm);
      attempt.end();
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#settings.close?.();
  }
}

function isRefusalOfForm(error: unknown): boolean {
  if (!isTinyTroupeError(error, "MODEL_REJECTED")) return false;
  const { status, detail } = error.data;
  return [400, 404, 422, 501].includes(status ?? 0) && isAboutForm(detail ?? "");
}

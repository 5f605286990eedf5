/** How much a page of a feed shows: whoever makes one and whoever follows from the journal what was read agree on it. */
export const feedPage = {
  /** Of the comments below a post, the last so many. */
  comments: 2,
  /** Of what is new about one's own posts, the last so many. */
  news: 5,
  /** Of a post, and of a comment. */
  characters: { post: 500, comment: 200 },
} as const;

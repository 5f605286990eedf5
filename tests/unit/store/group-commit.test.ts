import { describe, expect, it } from "vitest";
import { createGroupCommit } from "../../../src/store/group-commit.ts";

describe("group commit", () => {
  it("commits together what comes together, in order, and resolves after the commit", async () => {
    const groups: number[][] = [];
    const group = createGroupCommit<number>(async (writes) => void groups.push([...writes]), 1);
    await Promise.all([1, 2, 3].map((write) => group.add(write).then(() => expect(groups.flat()).toContain(write))));
    await group.add(4);
    expect(groups).toEqual([[1, 2, 3], [4]]);
  });
  it("gathers what comes during a commit for the next one", async () => {
    const groups: number[][] = [];
    const gate = Promise.withResolvers<void>();
    const group = createGroupCommit<number>(async (writes) => {
      groups.push([...writes]);
      if (groups.length === 1) await gate.promise;
    }, 1);
    const first = group.add(1);
    while (groups.length === 0) await new Promise(setImmediate);
    const rest = [2, 3, 4].map((write) => group.add(write));
    gate.resolve();
    await Promise.all([first, ...rest]);
    expect(groups).toEqual([[1], [2, 3, 4]]);
  });
  it.each([
    ["few wait for one pause, however busy the program is", { before: 15, busy: 99, pauses: 1 }],
    ["a crowd waits while the program is busy", { before: 16, busy: 1, pauses: 2 }],
    ["a crowd does not wait for ever", { before: 16, busy: 99, pauses: 3 }],
  ])("in the wake of a commit %s", async (_what, { before, busy, pauses }) => {
    const groups: number[] = [];
    let paused = 0;
    const group = createGroupCommit<number>(
      async (writes) => void groups.push(writes.length),
      60_000,
      async () => ++paused <= busy,
    );
    await Promise.all(Array.from({ length: before }, (_, write) => group.add(write)));
    paused = 0;
    await group.add(0);
    expect([groups, paused]).toEqual([[before, 1], pauses]);
  });
  it("lets patient writes travel with the next that is waited for", async () => {
    const groups: number[][] = [];
    const group = createGroupCommit<number>(async (writes) => void groups.push([...writes]), 60_000);
    const patient = [1, 2].map((write) => group.add(write, { patient: true }));
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(groups).toEqual([]);
    await group.add(3);
    await Promise.all(patient);
    expect(groups).toEqual([[1, 2, 3]]);
  });
  it("commits patient writes alone when the window is over, and at once on closing", async () => {
    const groups: number[][] = [];
    const commit = async (writes: readonly number[]): Promise<void> => void groups.push([...writes]);
    await createGroupCommit<number>(commit, 1).add(1, { patient: true });
    const closed = createGroupCommit<number>(commit, 60_000);
    void closed.add(2, { patient: true });
    await new Promise(setImmediate);
    await closed.close();
    expect(groups).toEqual([[1], [2]]);
  });
  it("fails all of a failed group, and only them", async () => {
    const group = createGroupCommit<string>(async (writes) => {
      if (writes.includes("bad")) throw new Error("no room");
    }, 0);
    const results = await Promise.allSettled([group.add("good"), group.add("bad")]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(group.add("good")).resolves.toBeUndefined();
  });
  it("waits on closing for what was added", async () => {
    let committed = 0;
    const group = createGroupCommit<number>(async (writes) => {
      await new Promise(setImmediate);
      committed += writes.length;
    }, 1);
    void group.add(1);
    void group.add(2);
    await group.close();
    expect(committed).toBe(2);
  });
});

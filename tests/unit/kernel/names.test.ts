import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NameIndex, nameWords } from "../../../src/kernel/language/names.ts";

function index(...names: readonly string[]) {
  const people = names.map((name) => ({ name }));
  const found = new NameIndex<{ name: string }>();
  for (const person of people) found.add(person);
  return { found, people, names: (text: string) => found.find(text).map((person) => person.name) };
}

describe("names as others write them", () => {
  const { names } = index(
    "Lisa Tierney",
    "Lisa Brown",
    "José Müller-García",
    "Oscar",
    "김민지",
    "김 철수",
    "أحمد محمد علي",
    "فاطمة الزهراء",
    "田中 花子",
    "Ngô Thị Lan",
  );
  it.each([
    ["Lisa Tierney", ["Lisa Tierney"]],
    ["  lisa   TIERNEY ", ["Lisa Tierney"]],
    ["ＬＩＳＡ Ｔｉｅｒｎｅｙ", ["Lisa Tierney"]],
    ["tierney", ["Lisa Tierney"]],
    ["Lisa", ["Lisa Tierney", "Lisa Brown"]],
    ["Ms. Brown", ["Lisa Brown"]],
    ["Lisa Tierney (the designer)", ["Lisa Tierney"]],
    ["jose muller garcia", ["José Müller-García"]],
    ["José Mu\u0308ller-García", ["José Müller-García"]],
    ["muller", ["José Müller-García"]],
    ["Ngo Thi Lan", ["Ngô Thị Lan"]],
    ["Osc", []],
    ["Oscar's neighbour", ["Oscar"]],
    ["", []],
    ["?!", []],
  ])("reads %j", (written, meant) => {
    expect(names(written)).toEqual(meant);
  });
  it.each([
    ["김민지", ["김민지"]],
    ["민지", ["김민지"]],
    ["민지 씨", ["김민지"]],
    ["민지씨", ["김민지"]],
    ["김", ["김민지", "김 철수"]],
    ["철수", ["김 철수"]],
    ["김민지".normalize("NFD"), ["김민지"]],
    ["지민", []],
    ["花子さん", ["田中 花子"]],
    ["田中", ["田中 花子"]],
  ])("reads Korean and Japanese: %j", (written, meant) => {
    expect(names(written)).toEqual(meant);
  });
  it.each([
    ["أحمد محمد علي", ["أحمد محمد علي"]],
    ["احمد", ["أحمد محمد علي"]],
    ["أَحْمَد", ["أحمد محمد علي"]],
    ["محمد علي", ["أحمد محمد علي"]],
    ["السيد أحمد", ["أحمد محمد علي"]],
    ["فاطمـة", ["فاطمة الزهراء"]],
    ["خالد", []],
  ])("reads Arabic: %j", (written, meant) => {
    expect(names(written)).toEqual(meant);
  });
  it("keeps marks that make another letter", () => {
    expect(nameWords("が")).not.toEqual(nameWords("か"));
    expect(nameWords("कि")).not.toEqual(nameWords("कु"));
  });
  it("forgets who has left, and only them", () => {
    const { found, people, names: left } = index("Lisa Tierney", "Lisa Brown");
    found.remove(people[0] as { name: string });
    expect(left("Lisa")).toEqual(["Lisa Brown"]);
    expect(left("Lisa Tierney")).toEqual([]);
  });
  it("finds everybody by the whole name, whatever the name is, and never throws", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: "grapheme", minLength: 1 }), { maxLength: 6 }),
        fc.string(),
        (all, text) => {
          const distinct = [...new Map(all.map((name) => [name.trim().normalize("NFC"), name.trim()])).values()];
          const { names: read } = index(...distinct);
          for (const name of distinct) expect(read(name)).toEqual([name]);
          for (const one of read(text)) expect(distinct).toContain(one);
        },
      ),
    );
  });
});

import { expect, test } from "vitest";
import { drawSome } from "../../src/ui/canvas/turns";

function lineOf(...costs: readonly number[]) {
  let time = 0;
  const line = new Set(costs.map((cost) => () => void (time += cost)));
  return { line, draw: () => drawSome(line, () => time) };
}

test("of the cards that wait, as many are drawn in a frame as it has time for, and one in any case", () => {
  const quick = lineOf(1, 1, 1);
  quick.draw();
  expect(quick.line.size).toBe(0);
  const some = lineOf(4, 4, 4, 4);
  some.draw();
  expect(some.line.size).toBe(2);
  const slow = lineOf(90, 90);
  slow.draw();
  expect(slow.line.size).toBe(1);
  slow.draw();
  expect(slow.line.size).toBe(0);
});

test("a card that is gone before its turn is drawn no more", () => {
  const drawn: string[] = [];
  const gone = () => void drawn.push("gone");
  const line = new Set([() => void line.delete(gone), gone, () => void drawn.push("last")]);
  drawSome(line, () => 0);
  expect(drawn).toEqual(["last"]);
});

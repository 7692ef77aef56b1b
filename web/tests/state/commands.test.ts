import { describe, expect, test } from "vitest";
import { pressed, shownKeys } from "../../src/state/commands/command";

const key = (name: string, held: string[] = []) => ({
  key: name,
  ctrlKey: held.includes("ctrl"),
  metaKey: held.includes("meta"),
  altKey: held.includes("alt"),
  shiftKey: held.includes("shift"),
});

describe("keys", () => {
  test("are told apart by what is held", () => {
    expect(pressed("Mod+Z", key("z", ["ctrl"]))).toBe(true);
    expect(pressed("Mod+Z", key("z", ["meta"]))).toBe(true);
    expect(pressed("Mod+Z", key("Z", ["ctrl", "shift"]))).toBe(false);
    expect(pressed("Mod+Shift+Z", key("Z", ["ctrl", "shift"]))).toBe(true);
    expect(pressed("M", key("m"))).toBe(true);
    expect(pressed("M", key("m", ["alt"]))).toBe(false);
  });

  test("that are signs may need Shift", () => {
    expect(pressed("?", key("?", ["shift"]))).toBe(true);
    expect(pressed("?", key("?"))).toBe(true);
  });

  test("are shown as people know them", () => {
    expect(shownKeys("Mod+Shift+Z")).toBe("Ctrl+Shift+Z");
    expect(shownKeys("Alt+ArrowLeft")).toBe("Alt+←");
  });
});

import { isDistance } from "./boxes";
import { isObject, type Json, type JsonObject, plain } from "./json";


/** What the looks of a card must be. */
const LOOKS: Readonly<Record<string, (value: Json) => boolean>> = {
  x: isDistance,
  y: isDistance,
  width: (value) => isDistance(value) && value > 0,
  title: (value) => typeof value === "string",
  colour: (value) => typeof value === "string",
  collapsed: (value) => typeof value === "boolean",
  open: (value) => typeof value === "boolean",
  seeds: isObject,
};

/**
 * A layout that the editor can reckon with: numbers are plain, and cards have no looks that make no sense, for the engine
 * takes any layout. What other keys hold is looked at where it is drawn.
 */
export function soundLayout(layout: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(plain(layout))
      .filter(([key, place]) => key.includes("/") || isObject(place))
      .map(([key, place]) => [key, key.includes("/") || !isObject(place) ? place : soundLooks(place)]),
  );
}

function soundLooks(place: JsonObject): JsonObject {
  const looks = Object.entries(place);
  const sound = looks.filter(([name, value]) => LOOKS[name]?.(value) ?? true);
  return sound.length === looks.length ? place : Object.fromEntries(sound);
}

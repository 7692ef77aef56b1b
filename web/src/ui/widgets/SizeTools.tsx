import "../../styles/size.css";
import { useEffect, useMemo } from "react";
import { linkOf } from "../../core/document";
import { nativeSide } from "../../core/nativeSize";
import { farFrom, RATIOS, type Ratio, ratioOf, reshaped, setSize, sides, type Size, sizeOf, swapped } from "../../core/sizes";
import { flatName, flatNodes } from "../../core/subgraphs/flat";
import { useCatalogue } from "../../state/catalogue";
import { useEditor, useEditorStore } from "../../state/context";
import { useModels } from "../../state/models";
import { useSchema } from "../../state/schemas";
import { text } from "../../text";
import { Icon } from "../Icon";

/** Under the height of what has a width, too: ratios at the model's size and of the same area, and the two sides swapped. */
export function SizeTools({ node: key }: { node: string }) {
  const store = useEditorStore();
  const node = useEditor((state) => state.document.nodes[key]);
  const schema = useSchema(key);
  const takes = sides(schema);
  const size = node && schema && takes ? sizeOf(node, schema) : null;
  const side = useNativeSide(key, takes !== null);
  if (!node || !takes || size === null) return null;
  const current = ratioOf(size, takes);
  const take = (next: Size) => store.getState().edit(text.size.action, (before) => setSize(before, key, next));
  const native = side === null ? null : { width: side, height: side };
  const isNative = native !== null && RATIOS.some((ratio) => same(reshaped(native, ratio, takes), size));
  const begins = !Object.values(node.inputs).some((value) => linkOf(value) !== null); // what is there already may have any size
  const far = side !== null && begins ? farFrom(side, size) : null;
  const options = (area: Size) =>
    RATIOS.map((ratio) => {
      const { width, height } = reshaped(area, ratio, takes);
      return (
        <option key={name(ratio)} value={`${width}x${height}`}>
          {text.size.option(name(ratio), width, height)}
        </option>
      );
    });
  return (
    <>
      <div className="size-tools">
        <select
          className="nodrag"
          aria-label={text.size.ratio(key)}
          value={current === null && !isNative ? "" : `${size.width}x${size.height}`}
          onChange={(event) => {
            const [width, height] = event.target.value.split("x").map(Number);
            if (width && height) take({ width, height });
          }}
        >
          {current === null && !isNative ? <option value="">{text.size.other}</option> : null}
          {native === null ? null : <optgroup label={text.size.native}>{options(native)}</optgroup>}
          {isNative ? null : native === null ? options(size) : <optgroup label={text.size.own}>{options(size)}</optgroup>}
        </select>
        <button type="button" className="nodrag" aria-label={text.size.swap(key)} title={text.size.swap(key)} onClick={() => take(swapped(size))}>
          <Icon name="swap" />
        </button>
      </div>
      {far === null || side === null ? null : (
        <p className="hint" title={far === "larger" ? text.size.tooLarge(side) : text.size.tooSmall(side)}>
          {text.size.trained(side)}
        </p>
      )}
    </>
  );
}

/** What the model does best that the node's latent comes to, once the models are known. */
function useNativeSide(key: string, wanted: boolean): number | null {
  const models = useModels((state) => state.models);
  const catalogue = useCatalogue((state) => state.nodes);
  useEffect(() => {
    if (wanted) void useModels.getState().know();
  }, [wanted]);
  const known = useMemo(() => new Map([...models].flatMap(([name, { side }]) => (side === null ? [] : [[name, side] as const]))), [models]);
  return useEditor(({ whole, inside }) => (wanted && known.size > 0 ? nativeSide(flatNodes(whole, catalogue), catalogue, known, flatName(inside, key)) : null));
}

const same = (a: Size, b: Size) => a.width === b.width && a.height === b.height;
const name = ([across, down]: Ratio) => `${across}:${down}`;

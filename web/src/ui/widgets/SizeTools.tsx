import "../../styles/size.css";
import { RATIOS, type Ratio, ratioOf, reshaped, setSize, sides, type Size, sizeOf, swapped } from "../../core/sizes";
import { useCatalogue } from "../../state/catalogue";
import { useEditor, useEditorStore } from "../../state/context";
import { text } from "../../text";
import { Icon } from "../Icon";

/** Under the height of what has a width, too: other ratios of the same area, and the two sides swapped. */
export function SizeTools({ node: key }: { node: string }) {
  const store = useEditorStore();
  const node = useEditor((state) => state.document.nodes[key]);
  const schema = useCatalogue((state) => state.nodes.get(node?.type ?? ""));
  const takes = sides(schema);
  const size = node && schema && takes ? sizeOf(node, schema) : null;
  if (!takes || size === null) return null;
  const current = ratioOf(size, takes);
  const take = (next: Size) => store.getState().edit(text.size.action, (before) => setSize(before, key, next));
  return (
    <div className="size-tools">
      <select
        className="nodrag"
        aria-label={text.size.ratio(key)}
        value={current === null ? "" : name(current)}
        onChange={(event) => {
          const ratio = RATIOS.find((each) => name(each) === event.target.value);
          if (ratio) take(reshaped(size, ratio, takes));
        }}
      >
        {current === null ? <option value="">{text.size.other}</option> : null}
        {RATIOS.map((ratio) => {
          const { width, height } = reshaped(size, ratio, takes);
          return (
            <option key={name(ratio)} value={name(ratio)}>
              {text.size.option(name(ratio), width, height)}
            </option>
          );
        })}
      </select>
      <button type="button" className="nodrag" aria-label={text.size.swap(key)} title={text.size.swap(key)} onClick={() => take(swapped(size))}>
        <Icon name="swap" />
      </button>
    </div>
  );
}

const name = ([across, down]: Ratio) => `${across}:${down}`;

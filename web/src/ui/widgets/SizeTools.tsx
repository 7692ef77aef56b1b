import "../../styles/size.css";
import { RATIOS, type Ratio, ratioOf, reshaped, setSize, sides, type Size, sizeOf, swapped } from "../../core/sizes";
import { useCatalogue } from "../../state/catalogue";
import { useEditor, useEditorStore } from "../../state/context";
import { text } from "../../text";
import { Icon } from "../Icon";

/** Under the height of what has a width, too: other ratios of the same area, and the two sides swapped. */
export function SizeTools({ node }: { node: string }) {
  const store = useEditorStore();
  const document = useEditor((state) => state.document);
  const schema = useCatalogue((state) => state.nodes.get(document.nodes[node]?.type ?? ""));
  const takes = sides(schema);
  const size = schema && takes ? sizeOf(document, node, schema) : null;
  if (!takes || size === null) return null;
  const current = ratioOf(size, takes);
  const take = (next: Size) => store.getState().edit(text.size.action, (before) => setSize(before, node, next));
  return (
    <div className="size-tools">
      <select
        className="nodrag"
        aria-label={text.size.ratio(node)}
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
      <button type="button" className="nodrag" aria-label={text.size.swap(node)} title={text.size.swap(node)} onClick={() => take(swapped(size))}>
        <Icon name="swap" />
      </button>
    </div>
  );
}

const name = ([across, down]: Ratio) => `${across}:${down}`;

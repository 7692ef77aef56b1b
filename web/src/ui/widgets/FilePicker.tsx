import { useMemo } from "react";
import { previewOf } from "../../api/models";
import { lookAgain, useModels } from "../../state/models";
import { text } from "../../text";
import { Combobox } from "./Combobox";

const PREVIEW = 96;

interface Props {
  readonly label: string;
  readonly value: string;
  readonly shown: string;
  readonly options: readonly string[];
  readonly hint: string | null;
  readonly invalid?: boolean;
  choose(name: string): void;
}

/** Chooses a file by its name, with what is known of those that are models, and looks for new ones. */
export function FilePicker({ options, hint, ...props }: Props) {
  const models = useModels((state) => state.models);
  const load = useModels((state) => state.load);
  const listed = useMemo(
    () =>
      options.map((name) => {
        const model = models.get(name);
        if (!model) return { value: name, label: name };
        return { value: name, label: name, detail: text.choice.bytes(model.size), picture: model.preview ? previewOf(model, PREVIEW) : null };
      }),
    [options, models],
  );
  const foot = (
    <>
      <span>{hint}</span>
      <button type="button" onClick={() => void lookAgain()}>
        {text.choice.again}
      </button>
    </>
  );
  return <Combobox {...props} options={listed} opened={() => void load()} foot={foot} />;
}

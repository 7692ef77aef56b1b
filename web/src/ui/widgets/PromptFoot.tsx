import type { PromptTokens } from "../../api/models";
import type { Fault } from "../../core/promptSyntax";
import { usePromptTokens } from "../../state/promptTokens";
import { text } from "../../text";

/** Under a prompt: what is wrong with it, and how long it is. */
export function PromptFoot(props: { id: string; prompt: string; syntax: boolean; faults: readonly Fault[] }) {
  const { id, prompt, syntax, faults } = props;
  const tokens = usePromptTokens(prompt, syntax);
  const [fault] = faults;
  const wrong = fault ? fault.message : tokens?.problem ? told(tokens) : null;
  return (
    <div className="prompt-foot">
      <span id={id} role="status" className="problem">
        {wrong}
        {!fault && tokens?.problem?.hint ? <span className="problem-hint"> {tokens.problem.hint}</span> : null}
      </span>
      {tokens && !tokens.problem ? <Count {...tokens} /> : null}
    </div>
  );
}

function Count({ chunks, room, wordings }: PromptTokens) {
  const used = chunks.reduce((sum, each) => sum + each, 0);
  const count = Math.max(chunks.length, 1);
  const inWords = text.prompt.counted(used, room * count, text.prompt.chunks(count)) + (wordings > 1 ? text.prompt.wordings(wordings) : "");
  return (
    <span className="prompt-count" title={inWords}>
      <span aria-hidden>
        {text.prompt.count(used, room * count)}
        {count > 1 ? ` · ${text.prompt.chunks(count)}` : ""}
      </span>
      <span className="sr-only">{inWords}</span>
    </span>
  );
}

/** What the engine says beyond what is seen at once. */
function told({ problem, line, column }: PromptTokens): string {
  const place = line === null || column === null ? "" : text.prompt.place(line, column);
  return problem?.expected && problem.got ? place + text.prompt.refused(problem.expected, problem.got) : (problem?.message ?? "");
}

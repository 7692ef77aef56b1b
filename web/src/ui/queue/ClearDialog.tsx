import { deleteRuns, endedRuns } from "../../state/commands/runList";
import { text } from "../../text";
import { Popup } from "../Popup";

const words = text.running.queue;

/** Which of the runs that have ended are to go: a run's pictures go with it. */
export function ClearDialog({ close }: { close(): void }) {
  const ended = endedRuns();
  const bare = ended.filter(({ artifacts }) => artifacts.length === 0);
  const pictures = ended.reduce((sum, { artifacts }) => sum + artifacts.length, 0);
  const clear = (runs: typeof ended) => {
    void deleteRuns(runs);
    close();
  };
  return (
    <Popup title={words.clear} open close={close}>
      <p>{words.clearHint(ended.length, pictures)}</p>
      <div className="popup-foot">
        <button type="button" disabled={bare.length === 0} onClick={() => clear(bare)}>
          {words.clearBare(bare.length)}
        </button>
        <button type="button" onClick={() => clear(ended)}>
          {words.clearAll(ended.length)}
        </button>
        <button type="button" onClick={close}>
          {text.dialog.cancel}
        </button>
      </div>
    </Popup>
  );
}

import { Icon, type IconName } from "../Icon";

/** What is done to a row. */
export function RowButton({ sign, label, disabled = false, act }: { sign: IconName; label: string; disabled?: boolean; act(): void }) {
  return (
    <button type="button" className="nodrag bare" aria-label={label} title={label} disabled={disabled} onClick={act}>
      <Icon name={sign} />
    </button>
  );
}

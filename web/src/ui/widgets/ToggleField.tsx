import type { FieldProps } from "./field";

export function ToggleField({ label, value, change }: FieldProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      className="field toggle nodrag"
      aria-label={label}
      checked={value === true}
      onChange={(event) => change(event.target.checked)}
    />
  );
}

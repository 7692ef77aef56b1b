"""Which steps of a schedule to take."""

from dataclasses import replace

from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.errors import GraphEngineError, mismatch


def check_steps(steps: int, start_step: int, end_step: int | None) -> None:
    """Raise GraphEngineError unless there are such steps in this order."""
    if end_step is not None and end_step > steps:
        raise beyond("end_step", f"{steps} steps", steps, end_step)
    if start_step > steps:
        raise beyond("start_step", f"{steps} steps", steps, start_step)
    if end_step is not None and start_step > end_step:
        raise mismatch(
            f"a step up to end_step, {end_step}", str(start_step), kind="bad_steps", input="start_step"
        )


def walked(levels: Sigmas, start_step: int, end_step: int | None, leftover: bool) -> Sigmas:
    """The levels from one step to another; the last becomes 0 unless noise may be left over.

    Raises GraphEngineError for steps that there are not.
    """
    check_steps(levels.steps, start_step, end_step)
    values = levels.values[start_step : None if end_step is None else end_step + 1]
    if not leftover:
        values = values.clone()
        values[-1] = 0
    return replace(levels, values=values)


def beyond(input: str, of: str, most: int, got: int) -> GraphEngineError:
    """The error for a step after the last."""
    return mismatch(f"at most {most}, since there are {of}", str(got), kind="bad_steps", input=input)

import torch

from graphengine.diffusion.sampling.previews import PacedPreviews
from graphengine.diffusion.sampling.samplers import Step

STEP = Step(0, torch.zeros(()), torch.zeros(1), torch.zeros(1))


class Clock:
    def __init__(self, cost: float) -> None:
        self.now = 100.0
        self.cost = cost
        self.shown: list[float] = []

    def __call__(self) -> float:
        return self.now

    def show(self, step: Step) -> None:
        self.shown.append(self.now)
        self.now += self.cost

    def run(self, steps: int, seconds: float) -> None:
        previews = PacedPreviews(self.show, self)
        for _ in range(steps):
            self.now += seconds
            previews(STEP)


def test_quick_previews_of_quick_steps_are_a_tenth_of_a_second_apart():
    clock = Clock(cost=0.0001)
    clock.run(1000, 0.01)
    gaps = [later - earlier for earlier, later in zip(clock.shown, clock.shown[1:], strict=False)]
    assert min(gaps) >= 0.1
    assert max(gaps) < 0.12


def test_slow_steps_are_all_shown():
    clock = Clock(cost=0.001)
    clock.run(10, 2.0)
    assert len(clock.shown) == 10


def test_slow_previews_take_a_fiftieth_of_the_time():
    clock = Clock(cost=0.4)
    clock.run(1000, 0.5)
    assert len(clock.shown) >= 9
    assert 0.4 * len(clock.shown) / (clock.now - 100) <= 0.0205  # the first comes before its time

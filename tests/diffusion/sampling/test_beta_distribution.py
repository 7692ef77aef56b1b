import math

import pytest
import torch

from graphengine.diffusion.sampling.beta_distribution import beta_quantile, regularised_incomplete_beta

SHARES = (0.001, 0.05, 0.25, 0.5, 0.9, 0.999)
SCIPY = {  # scipy.stats.beta.ppf of 1.17, 15 digits
    (0.6, 0.6): (1.8558738517452e-05, 0.0125544568736114, 0.175680378652695, 0.5, 0.960415594411219,
                 0.999981441261483),
    (0.1, 3.0): (2.36690135194491e-31, 2.3114271015088e-14, 2.25725395521603e-07, 0.000231239907500118,
                 0.0983929955103013, 0.724088374912157),
    (5.0, 1.0): (0.251188643150958, 0.549280271653059, 0.757858283255199, 0.870550563296124,
                 0.979148362360977, 0.999799919951966),
    (50.0, 50.0): (0.348747826597052, 0.418109221588266, 0.466229737663501, 0.5, 0.563973580927509,
                   0.651252173402948),
    (0.3, 0.9): (1.15633062147151e-10, 5.32492622866946e-05, 0.011371930148324, 0.113687794779715,
                 0.751276911888483, 0.99834969387537),
}  # fmt: skip


@pytest.mark.parametrize(("a", "b"), SCIPY)
def test_quantiles_are_scipys(a, b):
    ours = beta_quantile(torch.tensor(SHARES, dtype=torch.float64), a, b)
    torch.testing.assert_close(ours, torch.tensor(SCIPY[a, b], dtype=torch.float64), rtol=0, atol=1e-13)


def test_the_arcsine_distribution():
    x = torch.tensor([0, 1e-9, 0.1, 0.5, 0.77, 1 - 1e-9, 1], dtype=torch.float64)
    torch.testing.assert_close(
        regularised_incomplete_beta(x, 0.5, 0.5), 2 / math.pi * x.sqrt().asin(), rtol=1e-12, atol=1e-12
    )


@pytest.mark.parametrize(("a", "b"), [(0.2, 0.7), (3, 40), (80, 100)])
def test_quantiles_are_the_inverse(a, b):
    share = torch.linspace(0, 1, 41, dtype=torch.float64)
    quantiles = beta_quantile(share, a, b)
    assert (quantiles.diff() > 0).all()
    assert quantiles[0] == 0 and quantiles[-1] == 1
    torch.testing.assert_close(regularised_incomplete_beta(quantiles, a, b), share, rtol=0, atol=1e-11)


@pytest.mark.k_diffusion
def test_a_fine_grid_is_scipys():
    stats = pytest.importorskip("scipy.stats")
    share = torch.linspace(0, 1, 201, dtype=torch.float64)
    for a, b in [*SCIPY, (100.0, 100.0), (50.0, 0.1)]:
        expected = torch.from_numpy(stats.beta.ppf(share, a, b))
        torch.testing.assert_close(beta_quantile(share, a, b), expected, rtol=0, atol=1e-12)

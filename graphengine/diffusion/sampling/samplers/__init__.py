"""Samplers, one file for each family, all in the scale where x = x_0 + sigma * eps."""

from collections.abc import Mapping
from types import MappingProxyType

from graphengine.diffusion.sampling.samplers.cfg_pp import (
    dpmpp_2m_cfg_pp,
    dpmpp_2s_ancestral_cfg_pp,
    euler_ancestral_cfg_pp,
    euler_cfg_pp,
)
from graphengine.diffusion.sampling.samplers.consistency import lcm, tcd
from graphengine.diffusion.sampling.samplers.ddim import ddim
from graphengine.diffusion.sampling.samplers.ddpm import ddpm
from graphengine.diffusion.sampling.samplers.deis import deis
from graphengine.diffusion.sampling.samplers.dpm_2 import dpm_2
from graphengine.diffusion.sampling.samplers.dpm_2_ancestral import dpm_2_ancestral
from graphengine.diffusion.sampling.samplers.dpm_adaptive import dpm_adaptive
from graphengine.diffusion.sampling.samplers.dpm_fast import dpm_fast
from graphengine.diffusion.sampling.samplers.dpmpp_2m import dpmpp_2m
from graphengine.diffusion.sampling.samplers.dpmpp_2m_sde import dpmpp_2m_sde, dpmpp_2m_sde_heun
from graphengine.diffusion.sampling.samplers.dpmpp_2s_ancestral import dpmpp_2s_ancestral
from graphengine.diffusion.sampling.samplers.dpmpp_3m_sde import dpmpp_3m_sde
from graphengine.diffusion.sampling.samplers.dpmpp_sde import dpmpp_sde
from graphengine.diffusion.sampling.samplers.er_sde import er_sde
from graphengine.diffusion.sampling.samplers.euler import euler
from graphengine.diffusion.sampling.samplers.euler_ancestral import euler_ancestral
from graphengine.diffusion.sampling.samplers.gradient_estimation import gradient_estimation
from graphengine.diffusion.sampling.samplers.heun import heun
from graphengine.diffusion.sampling.samplers.heunpp2 import heunpp2
from graphengine.diffusion.sampling.samplers.lms import lms
from graphengine.diffusion.sampling.samplers.pndm import ipndm, plms
from graphengine.diffusion.sampling.samplers.res_multistep import res_multistep, res_multistep_ancestral
from graphengine.diffusion.sampling.samplers.sa_solver import sa_solver
from graphengine.diffusion.sampling.samplers.sampler import Method, Sampler
from graphengine.diffusion.sampling.samplers.seeds import seeds_2, seeds_3
from graphengine.diffusion.sampling.samplers.step import Step
from graphengine.diffusion.sampling.samplers.uni_pc import uni_pc, uni_pc_bh2

ALL = (
    Sampler(name="ddim", method=ddim, noise="fresh"),
    Sampler(name="ddpm", method=ddpm, noise="fresh"),
    Sampler(name="deis", method=deis, rises=True),
    Sampler(name="dpm_2", method=dpm_2, scale="any", rises=True),
    Sampler(name="dpm_2_ancestral", method=dpm_2_ancestral, noise="fresh"),
    Sampler(name="dpm_adaptive", method=dpm_adaptive),
    Sampler(name="dpm_fast", method=dpm_fast),
    Sampler(name="dpmpp_2m", method=dpmpp_2m, rises=True),
    Sampler(name="dpmpp_2m_cfg_pp", method=dpmpp_2m_cfg_pp, pair=True),
    Sampler(name="dpmpp_2m_sde", method=dpmpp_2m_sde, noise="brownian"),
    Sampler(name="dpmpp_2m_sde_heun", method=dpmpp_2m_sde_heun, noise="brownian"),
    Sampler(name="dpmpp_2s_ancestral", method=dpmpp_2s_ancestral, noise="fresh"),
    Sampler(name="dpmpp_2s_ancestral_cfg_pp", method=dpmpp_2s_ancestral_cfg_pp, noise="fresh", pair=True),
    Sampler(name="dpmpp_3m_sde", method=dpmpp_3m_sde, noise="brownian"),
    Sampler(name="dpmpp_sde", method=dpmpp_sde, noise="brownian"),
    Sampler(name="er_sde", method=er_sde, noise="fresh"),
    Sampler(name="euler", method=euler, scale="any", rises=True),
    Sampler(name="euler_ancestral", method=euler_ancestral, noise="fresh"),
    Sampler(name="euler_ancestral_cfg_pp", method=euler_ancestral_cfg_pp, noise="fresh", pair=True),
    Sampler(name="euler_cfg_pp", method=euler_cfg_pp, pair=True),
    Sampler(name="gradient_estimation", method=gradient_estimation, scale="any", rises=True),
    Sampler(name="heun", method=heun, scale="any", rises=True),
    Sampler(name="heunpp2", method=heunpp2, scale="any"),
    Sampler(name="ipndm", method=ipndm, scale="any", rises=True),
    Sampler(name="ipndm_v", method=lms, scale="any", rises=True),
    Sampler(name="lcm", method=lcm, noise="fresh"),
    Sampler(name="lms", method=lms, scale="any", rises=True),
    Sampler(name="plms", method=plms, scale="any", rises=True),
    Sampler(name="res_multistep", method=res_multistep, rises=True),
    Sampler(name="res_multistep_ancestral", method=res_multistep_ancestral, noise="fresh"),
    Sampler(name="sa_solver", method=sa_solver, noise="fresh"),
    Sampler(name="seeds_2", method=seeds_2, noise="fresh"),
    Sampler(name="seeds_3", method=seeds_3, noise="fresh"),
    Sampler(name="tcd", method=tcd, noise="fresh"),
    Sampler(name="uni_pc", method=uni_pc),
    Sampler(name="uni_pc_bh2", method=uni_pc_bh2),
)

SAMPLERS: Mapping[str, Sampler] = MappingProxyType({sampler.name: sampler for sampler in ALL})

__all__ = ["SAMPLERS", "Method", "Sampler", "Step"]

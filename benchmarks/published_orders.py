"""The order at which each deterministic sampler is said to converge, and who says so."""

PUBLISHED_ORDERS: dict[str, tuple[int, str]] = {
    "ddim": (1, "Lu et al. 2022a, section 3.2"),
    "deis": (3, "Zhang & Chen 2022: three estimates"),
    "dpm_2": (2, "Lu et al. 2022a, theorem 3.2"),
    "dpm_adaptive": (3, "Lu et al. 2022a, theorem 3.2"),
    "dpm_fast": (3, "Lu et al. 2022a, theorem 3.2"),
    "dpmpp_2m": (2, "Lu et al. 2022b, theorem 5.1"),
    "dpmpp_2m_cfg_pp": (2, "without guidance as dpmpp_2m"),
    "euler": (1, "Hairer et al. 1993, II.3"),
    "euler_cfg_pp": (1, "without guidance as euler"),
    "gradient_estimation": (1, "none given: as DDIM's"),
    "heun": (2, "Karras et al. 2022, section 3"),
    "heunpp2": (1, "none given: a mean of slopes"),
    "ipndm": (2, "Liu et al. 2022, section 3.4"),
    "ipndm_v": (4, "as lms"),
    "lms": (4, "Hairer et al. 1993, III.2"),
    "plms": (2, "Liu et al. 2022, section 3.4"),
    "res_multistep": (2, "Zhang et al. 2023, second-order RES"),
    "uni_pc": (4, "Zhao et al. 2023, theorem 3.1: p + 1 of p = 3"),
    "uni_pc_bh2": (4, "Zhao et al. 2023, theorem 3.1: p + 1 of p = 3"),
}

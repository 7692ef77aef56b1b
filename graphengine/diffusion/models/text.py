"""Texts that a network is asked about again and again, with what its attention makes of them once."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol

import torch
from torch import Tensor

KeysValues = tuple[Tensor, Tensor]
"""What attention looks texts up by, and what it finds there: [b, n, t, d] each."""

MOST = 32
"""Texts that are kept at a time: each takes 8 MB for Stable Diffusion 1's 77 tokens in float32."""


class AttendsToText(Protocol):
    """A layer that looks at texts."""

    def keys_values(self, context: Tensor) -> KeysValues:
        """Its keys and values for contexts, [b, t, d]."""


class Text:
    """One text, [1, t, d], with the keys and values that layers have asked for."""

    def __init__(self, context: Tensor) -> None:
        self.context = context
        self._kept: dict[AttendsToText, KeysValues] = {}

    def keys_values(self, layer: AttendsToText) -> KeysValues:
        """A layer's keys and values, computed when they are first asked for."""
        if layer not in self._kept:
            self._kept[layer] = layer.keys_values(self.context)
        return self._kept[layer]


class Texts:
    """The texts of a batch, one for each image: goes where a context [b, t, d] goes."""

    def __init__(self, rows: Sequence[Text]) -> None:
        self.different = set(rows)
        self._runs = [(text, len(list(same))) for text, same in groupby(rows)]

    def keys_values(self, layer: AttendsToText) -> KeysValues:
        """Those of each image; nothing is copied where all have the same text."""
        found = [(*text.keys_values(layer), images) for text, images in self._runs]
        keys = [keys.expand(images, -1, -1, -1) for keys, _, images in found]
        values = [values.expand(images, -1, -1, -1) for _, values, images in found]
        return (keys[0], values[0]) if len(found) == 1 else (torch.cat(keys), torch.cat(values))


class TextMemory:
    """Recognises the contexts of a run: the same tensor, or a text with the same numbers in another.

    It lives as long as a run does; in a long one with many texts or tensors the oldest are forgotten.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[int, tuple[Tensor, Texts]] = OrderedDict()  # by the id of the context

    def recall(self, context: Tensor) -> Tensor | Texts:
        """The texts of a context, [b, t, d]; the context itself where they are too many to be kept."""
        if id(context) not in self._known:
            texts = Texts([*self._recognised(context)])
            if len(texts.different) > self._most:
                return context
            self._known[id(context)] = context, texts  # which keeps the id from becoming another's
        self._known.move_to_end(id(context))
        while max(len(self._known), len(self._texts())) > self._most:
            self._known.popitem(last=False)
        return self._known[id(context)][1]

    def _recognised(self, context: Tensor) -> Iterator[Text]:
        known = list(self._texts())
        for row in context.split(1):
            same = next((text for text in known if torch.equal(text.context, row)), None)
            if same is None:
                same = Text(row)
                known.append(same)
            yield same

    def _texts(self) -> set[Text]:
        return {text for _, texts in self._known.values() for text in texts.different}

"""Arithmetic written as text, such as `(a + 1) % 4 == 0`; the text can do nothing else."""

import ast
import math
import operator
from collections.abc import Callable, Mapping

from graphengine.authoring.wrong import Wrong, one_of
from graphengine.errors import GraphEngineError
from graphengine.nearest import did_you_mean

Number = int | float | bool
DEEPEST = 100
MOST_BITS = 10_000
MOST_DIGITS = 300

_BINARY: Mapping[type[ast.AST], Callable[[Number, Number], Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_COMPARISONS: Mapping[type[ast.AST], Callable[[Number, Number], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_UNARY: Mapping[type[ast.AST], Callable[[Number], Number]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Not: operator.not_,
}


def _round(value: float, digits: int = 0) -> Number:
    if abs(digits) > MOST_DIGITS:  # the digits of an int are rounded with a power of ten, of any size
        raise _wrong(f"at most {MOST_DIGITS} digits", str(digits))
    return round(value, digits) if digits else round(value)


FUNCTIONS: Mapping[str, Callable[..., Number]] = {
    "abs": abs,
    "ceil": math.ceil,
    "floor": math.floor,
    "max": max,
    "min": min,
    "round": _round,
    "sqrt": math.sqrt,
}


def parse(text: str) -> ast.expr:
    """Read an expression; raises for text that is none, or that nests too deeply."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        why = f": {error.msg}" if isinstance(error, SyntaxError) else ""
        raise _wrong("arithmetic such as (a + 1) % 4 == 0", f"'{text}'{why}") from error
    level: list[ast.AST] = [tree]
    for _ in range(DEEPEST):
        level = [child for each in level for child in ast.iter_child_nodes(each)]
        if not level:
            return tree
    raise _wrong(f"an expression of at most {DEEPEST} levels", "a deeper one")


def compute(tree: ast.expr, values: Mapping[str, Number]) -> Number:
    """The value of an expression; only what is needed of `if`, `and` and `or` is computed."""
    try:
        return _Evaluation(values).value(tree)
    except ZeroDivisionError as error:
        raise _wrong("something to divide by", "0") from error
    except (OverflowError, ValueError) as error:
        raise _wrong("numbers that this can be computed of", str(error)) from error


class _Evaluation:
    """One computation; goes as deep as the expression, which `parse` has bounded."""

    def __init__(self, values: Mapping[str, Number]) -> None:
        self._values = values

    def value(self, tree: ast.expr) -> Number:
        """The value of one part."""
        result = self._value(tree)
        if isinstance(result, int) and result.bit_length() > MOST_BITS:
            raise _wrong(f"numbers of at most {MOST_BITS} bits", "a larger one")
        return result

    def _value(self, tree: ast.expr) -> Number:
        match tree:
            case ast.Constant(value=bool() | int() | float() as constant):
                return constant
            case ast.Name(id=name):
                return self._named(name)
            case ast.BinOp(left=left, op=ast.Pow(), right=right):
                return _power(self.value(left), self.value(right))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
                return _BINARY[type(op)](self.value(left), self.value(right))
            case ast.UnaryOp(op=op, operand=operand) if type(op) in _UNARY:
                return _UNARY[type(op)](self.value(operand))
            case ast.BoolOp(op=op, values=parts):
                return self._first(parts, isinstance(op, ast.Or))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self.value(body if self.value(test) else orelse)
            case ast.Compare(left=left, ops=ops, comparators=others):
                return self._compared(left, ops, others)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return self._called(name, arguments)
        raise _wrong("numbers, names, arithmetic and comparisons", f"'{ast.unparse(tree)}'")

    def _named(self, name: str) -> Number:
        if name in self._values:
            return self._values[name]
        known = tuple(self._values)
        expected = one_of(known) if known else "a name of an input, and no value is wired"
        raise _wrong(expected, f"'{name}'", did_you_mean(name, known))

    def _first(self, parts: list[ast.expr], wanted: bool) -> Number:
        result: Number = not wanted
        for part in parts:
            result = self.value(part)
            if bool(result) is wanted:
                break
        return result

    def _compared(self, left: ast.expr, ops: list[ast.cmpop], others: list[ast.expr]) -> bool:
        before = self.value(left)
        for op, other in zip(ops, others, strict=True):
            if type(op) not in _COMPARISONS:
                raise _wrong("one of ==, !=, <, <=, > and >=", f"'{type(op).__name__.lower()}'")
            after = self.value(other)
            if not _COMPARISONS[type(op)](before, after):
                return False
            before = after
        return True

    def _called(self, name: str, arguments: list[ast.expr]) -> Number:
        function = FUNCTIONS.get(name)
        if function is None:
            raise _wrong(one_of(tuple(FUNCTIONS)), f"'{name}'", did_you_mean(name, FUNCTIONS))
        values = [self.value(each) for each in arguments]
        try:
            return function(*values)
        except TypeError as error:
            raise _wrong(f"another number of values for {name}", str(len(values))) from error


def _power(base: Number, exponent: Number) -> Number:
    if isinstance(base, int) and isinstance(exponent, int) and base.bit_length() * abs(exponent) > MOST_BITS:
        raise _wrong(f"a power of at most {MOST_BITS} bits", "a larger one")
    result = base**exponent
    if isinstance(result, complex):
        raise _wrong("a power that is a number", f"{base} ** {exponent}")
    return result


def _wrong(expected: str, got: str, hint: str | None = None) -> GraphEngineError:
    return Wrong("bad_expression", expected, got, hint).at(None, None, "expression")

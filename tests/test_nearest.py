from graphengine.nearest import did_you_mean, nearest


def test_the_nearest_name_is_offered() -> None:
    assert did_you_mean("blnd", ["blend", "load_image"]) == "did you mean 'blend'?"


def test_nothing_is_offered_where_nothing_is_near() -> None:
    assert did_you_mean("zzz", ["blend"]) is None


def test_the_nearest_names_come_in_order() -> None:
    assert nearest("blnd", ["load_image", "blended", "blend"]) == ["blend", "blended"]

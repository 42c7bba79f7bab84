"""The page for people who come from PyTorch lists the names that are missing, and no others."""

import autograd
from tests.docs import missing_names


def test_page_is_up_to_date():
    (section,) = missing_names.SECTION.findall(missing_names.PAGE.read_text(encoding="utf-8"))
    assert section.strip() == missing_names.written().strip(), "run: python -m tests.docs.missing_names"


def test_comparison_sees_functions_classes_and_methods():
    names = missing_names.public(missing_names.torch)
    assert {"matmul", "Tensor", "Generator", "no_grad", "float32", "linalg", "sin_"} <= names
    assert not names & {"os", "TensorType", "parse_ir"} and len(names) > 600
    found = missing_names.missing()
    assert not any(hasattr(autograd, name) for family in found["torch"].values() for name in family)

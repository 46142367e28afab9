import importlib.util
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpora():
    """The generator of ads with known truth, which lives beside the benchmarks."""
    path = Path(__file__).parents[3] / "benchmarks" / "ad_corpora.py"
    spec = importlib.util.spec_from_file_location("ad_corpora", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["ad_corpora"] = module
    spec.loader.exec_module(module)
    return module

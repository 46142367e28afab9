"""Measure on texts that somebody wrote without having seen the resolver: JSON lines beside their register."""

import argparse


def run(options: argparse.Namespace) -> None:
    """Measure."""

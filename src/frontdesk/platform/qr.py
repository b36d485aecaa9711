"""Codes that cameras read."""

import segno


def qr_code(text: str) -> str:
    """As the address of an SVG (data:), dark on light whatever the page is like: cameras want it so."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, dark="#000", light="#fff")

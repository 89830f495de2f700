from __future__ import annotations

import onrecord


def test_page_text_is_only_ever_text() -> None:
    record = onrecord.read_text(
        'A <script>alert("1")</script> & "quoted" page on <b>Monday</b>.', kind="passage"
    )
    html = record._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html

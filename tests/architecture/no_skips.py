"""A pytest plug-in, loaded in pyproject.toml: a test that did not run is a failure.

A missing server, browser or platform must be seen, not skipped; an expected failure is a bug without an issue.
"""

from collections.abc import Generator

import pytest


def _fail(report: pytest.TestReport | pytest.CollectReport, *, what: str) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else getattr(report, "wasxfail", "")
    report.outcome = "failed"
    report.longrepr = f"{report.nodeid}: {what} is not allowed here ({reason or 'no reason given'})"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if hasattr(report, "wasxfail"):
        _fail(report, what="xfail")
        del report.wasxfail
    elif report.skipped:
        _fail(report, what="skip")
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped:
        _fail(report, what="skip of a whole file")
    return report

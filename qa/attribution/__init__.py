"""Article -> who said what in it. :class:`RuleAttributor` is the baseline behind ``qa.protocols.Attributor``."""

from qa.attribution.rules import RuleAttributor

__all__ = ["RuleAttributor"]
